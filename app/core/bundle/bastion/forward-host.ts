import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { type Ssh, ssh, sshWord } from '../../quote/ssh.ts';
import type { Block } from '../file.ts';
import { LOCAL_FORWARD_ADDRESS, LOCAL_FORWARD_PORT } from './forward.ts';
import { canonical, databaseAddress, hostPort } from './targets.ts';

/** How to reach the bastion. */
export const place = ({ name, port }: BastionNetwork): Ssh[] => [
  ssh`    HostName ${sshWord(name)}`,
  ssh`    Port ${port}`,
];

/** Older releases ignore options that they do not know: SessionType was added in 8.7, KnownHostsCommand in 8.5. */
export const unknownBefore: Ssh = ssh`    IgnoreUnknown SessionType,KnownHostsCommand`;

/** Only the forwards to the database and the other hosts; a forward that fails is an error. */
export function forwardBlocks(model: AccessModel, bastion: BastionNetwork): Block<'ssh'>[] {
  const { port } = model.plan.server;
  return [
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
      lines: [ssh`    ExitOnForwardFailure yes`, ssh`    ServerAliveInterval 30`, ssh`    ServerAliveCountMax 3`],
      reason: { message: say('sshConfig.failure'), path: 'network.pattern' },
    },
    {
      lines: [
        unknownBefore,
        ssh`    SessionType none`,
        ssh`    RequestTTY no`,
        ssh`    ForwardAgent no`,
        ssh`    ForwardX11 no`,
      ],
      reason: { message: say('sshConfig.session'), path: 'network.pattern' },
    },
  ];
}

const forward = (local: number, host: string, port: number): Ssh =>
  ssh`    LocalForward ${sshWord(hostPort(LOCAL_FORWARD_ADDRESS, local))} ${sshWord(hostPort(host, port))}`;
