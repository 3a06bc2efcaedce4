import type { AccessModel } from '../../access/model.ts';
import { bastionOf, forwards, sshForClients } from '../bastion/targets.ts';
import { type Finding, finding } from './finding.ts';

/** What is worth knowing about the keys of the bastion and of those who come through it. */
export function sshFindings(model: AccessModel): Finding[] {
  const bastion = bastionOf(model);
  if (!bastion) return [];
  const used = sshForClients(bastion) || model.plan.administration.people.some(({ path }) => path === 'bastion');
  return [
    ...(used && bastion.ssh.hostKeys.length === 0
      ? [finding('ssh-host-keys', 'warning', 'network.ssh.hostKeys', {}, ['man.openbsd.org, ssh(1)'])]
      : []),
    ...(bastion.ssh.authority && forwards(bastion)
      ? [finding('ssh-certificates', 'note', 'network.ssh.authority')]
      : []),
  ];
}
