import type { AccessModel } from '../../model/model.ts';
import { bastionOf, forwards, sshForClients } from '../bastion/targets.ts';
import { type Finding, finding } from './finding.ts';

/** Findings about the keys of the bastion and of its users. */
export function sshFindings(model: AccessModel): Finding[] {
  const bastion = bastionOf(model);
  if (!bastion) return [];
  const used = sshForClients(bastion) || model.plan.administration.people.some(({ path }) => path === 'bastion');
  return [
    ...(used && bastion.ssh.hostKeys.length === 0 ? [finding('ssh-host-keys', 'medium', 'network.ssh.hostKeys')] : []),
    ...(bastion.ssh.authority && forwards(bastion)
      ? [finding('ssh-certificates', 'info', 'network.ssh.authority')]
      : []),
  ];
}
