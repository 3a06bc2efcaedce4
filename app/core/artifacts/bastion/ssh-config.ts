import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { type Ssh, ssh, sshWord } from '../../quote/ssh.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { ADMIN_ALIAS, LOCAL_FORWARD_ADDRESS, LOCAL_FORWARD_PORT, SSH_ALIAS } from './forward.ts';
import { bastionOf, canonical, databaseAddress, hostPort } from './targets.ts';

/** What clients add to `~/.ssh/config` for the forward, and administrators for the way to the server's own SSH. */
export const sshConfig: Artifact = {
  render(model) {
    const bastion = bastionOf(model);
    if (!bastion) return [];
    const through = model.plan.administration.people.some(({ path }) => path === 'bastion');
    return [
      ...(through ? [administratorFile(model, bastion)] : []),
      // With a proxy clients need SSH only where the plan names someone who may forward.
      ...(bastion.proxy.kind === 'none' || bastion.users.length + bastion.groups.length > 0
        ? [clientFile(model, bastion)]
        : []),
    ];
  },
};

const place = ({ name, port }: BastionNetwork): Ssh[] => [ssh`    HostName ${sshWord(name)}`, ssh`    Port ${port}`];

function clientFile(model: AccessModel, bastion: BastionNetwork): FileDraft<'ssh'> {
  const [user, ...others] = bastion.users;
  const { port } = model.plan.server;
  return {
    path: 'clients/ssh_config',
    machine: 'clients',
    title: say('sshConfig.title'),
    intro: [say('sshConfig.intro', { alias: SSH_ALIAS, port: LOCAL_FORWARD_PORT })],
    language: 'ssh',
    blocks: [
      {
        lines: [ssh`Host ${sshWord(SSH_ALIAS)}`, ...place(bastion)],
        reason: { message: say('sshConfig.bastion'), path: 'network.name' },
      },
      {
        lines: [
          user !== undefined && others.length === 0 && bastion.groups.length === 0
            ? ssh`    User ${sshWord(user)}`
            : ssh`    #User your-account`,
        ],
        reason: { message: say('sshConfig.user'), path: 'network.users' },
      },
      {
        lines: [forward(LOCAL_FORWARD_PORT, databaseAddress(model), port)],
        reason: { message: say('sshConfig.forward', { port: LOCAL_FORWARD_PORT }), path: 'server.addresses.private' },
      },
      ...bastion.alsoReaches.map(
        (host, index): Block<'ssh'> => ({
          lines: [forward(LOCAL_FORWARD_PORT + 1 + index, canonical(host), port)],
          reason: { message: say('sshConfig.also', { host }), path: `network.alsoReaches.${index}` },
        }),
      ),
      {
        lines: [ssh`    ExitOnForwardFailure yes`, ssh`    ServerAliveInterval 30`],
        reason: { message: say('sshConfig.failure'), path: 'network.pattern' },
      },
      {
        lines: [
          ssh`    IgnoreUnknown SessionType`,
          ssh`    SessionType none`,
          ssh`    RequestTTY no`,
          ssh`    ForwardAgent no`,
          ssh`    ForwardX11 no`,
        ],
        reason: { message: say('sshConfig.session'), path: 'network.pattern' },
      },
      {
        lines: [ssh`    StrictHostKeyChecking ask`],
        reason: { message: say('sshConfig.hostKey'), path: 'network.name' },
      },
    ],
  };
}

const forward = (local: number, host: string, port: number): Ssh =>
  ssh`    LocalForward ${sshWord(hostPort(LOCAL_FORWARD_ADDRESS, local))} ${sshWord(hostPort(host, port))}`;

function administratorFile(model: AccessModel, bastion: BastionNetwork): FileDraft<'ssh'> {
  return {
    path: 'your-machine/ssh_config',
    machine: 'your-machine',
    title: say('adminSsh.title'),
    intro: [say('adminSsh.intro', { alias: ADMIN_ALIAS })],
    language: 'ssh',
    blocks: [
      {
        lines: [ssh`Host ${sshWord(`${ADMIN_ALIAS}-bastion`)}`, ...place(bastion), ssh`    ForwardAgent no`],
        reason: { message: say('adminSsh.bastion'), path: 'network.name' },
      },
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
