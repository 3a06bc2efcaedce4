import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { ssh, sshWord } from '../../quote/ssh.ts';
import type { Artifact, FileDraft } from '../file.ts';
import { ADMIN_ALIAS, LOCAL_FORWARD_PORT, SSH_ALIAS } from './forward.ts';
import { forwardBlocks, place, unknownBefore } from './forward-host.ts';
import { hostKeyCheck, knownHosts } from './pins.ts';
import { bastionOf, databaseAddress, onlyAccount, sshForClients } from './targets.ts';

/** Where users keep the pinned keys: next to their own. */
const PINS = ssh`~/.ssh/postern_known_hosts`;

/** What clients add to `~/.ssh/config` for the forward, and administrators for access to the server's own SSH. */
export const sshConfig: Artifact = {
  page: 'ssh',
  render(model) {
    const bastion = bastionOf(model);
    if (!bastion) return [];
    const through = model.plan.administration.people.some(({ path }) => path === 'bastion');
    return [
      ...(through ? [administratorFile(model, bastion), ...knownHosts(bastion, 'your-machine')] : []),
      ...(sshForClients(bastion) ? [clientFile(model, bastion), ...knownHosts(bastion, 'clients')] : []),
    ];
  },
};

function clientFile(model: AccessModel, bastion: BastionNetwork): FileDraft<'ssh'> {
  const account = onlyAccount(bastion);
  return {
    path: 'clients/ssh_config',
    phase: 'way',
    machine: 'clients',
    title: say('sshConfig.title'),
    intro: [
      say('sshConfig.intro', { alias: SSH_ALIAS, port: LOCAL_FORWARD_PORT }),
      ...(bastion.ssh.authority ? [say('sshConfig.certificate')] : []),
    ],
    language: 'ssh',
    blocks: [
      {
        lines: [ssh`Host ${sshWord(SSH_ALIAS)}`, ...place(bastion)],
        reason: { message: say('sshConfig.bastion'), path: 'network.name' },
      },
      {
        lines: [account === undefined ? ssh`    #User your-account` : ssh`    User ${sshWord(account)}`],
        reason: { message: say('sshConfig.user'), path: 'network.users' },
      },
      ...forwardBlocks(model, bastion),
      hostKeyCheck(bastion, PINS),
    ],
  };
}

function administratorFile(model: AccessModel, bastion: BastionNetwork): FileDraft<'ssh'> {
  return {
    path: 'your-machine/ssh_config',
    machine: 'your-machine',
    title: say('adminSsh.title'),
    intro: [say('adminSsh.intro', { alias: ADMIN_ALIAS })],
    language: 'ssh',
    blocks: [
      {
        lines: [
          ssh`Host ${sshWord(`${ADMIN_ALIAS}-bastion`)}`,
          ...place(bastion),
          ssh`    ForwardAgent no`,
          unknownBefore,
        ],
        reason: { message: say('adminSsh.bastion'), path: 'network.name' },
      },
      hostKeyCheck(bastion, PINS),
      {
        lines: [
          ssh`Host ${sshWord(ADMIN_ALIAS)}`,
          ssh`    HostName ${sshWord(databaseAddress(model))}`,
          ssh`    Port ${model.plan.administration.sshPort}`,
          ssh`    ProxyJump ${sshWord(`${ADMIN_ALIAS}-bastion`)}`,
          ssh`    ForwardAgent no`,
        ],
        reason: { message: say('adminSsh.jump'), path: 'administration.people' },
      },
    ],
  };
}
