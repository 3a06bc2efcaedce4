import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import { type Ssh, ssh, sshWord } from '../../quote/ssh.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block } from '../file.ts';
import { hostKeys } from './host-keys.ts';
import { DROP_IN, installSshd, undoSshd } from './install-sshd.ts';
import { sshdReader } from './sshd-reader.ts';
import { bastionOf, databaseSpellings, forwards, hostPort, spellings } from './targets.ts';

/** The bastion's `sshd_config.d` drop-in: only a forward to the database. Without users or groups there is none. */
export const bastionSshd: Artifact = {
  page: 'ssh',
  render(model) {
    const bastion = bastionOf(model);
    if (!bastion) return [];
    if (!forwards(bastion)) return [hostKeys(bastion)];
    return [
      hostKeys(bastion),
      {
        path: `bastion/${DROP_IN}`,
        target: `/etc/ssh/${DROP_IN}`,
        reader: sshdReader,
        machine: 'bastion',
        title: say('sshd.title'),
        intro: [
          say('sshd.include'),
          say('sshd.administrators'),
          say(bastion.ssh.authority ? 'sshd.certificateAccounts' : 'sshd.accounts'),
        ],
        language: 'ssh',
        apply: 'reload',
        run: [sh`sudo bash bastion/install-sshd.sh`],
        blocks: [
          ...(bastion.users.length > 0 ? match(model, bastion, 'User', bastion.users, 'network.users') : []),
          ...(bastion.groups.length > 0 ? match(model, bastion, 'Group', bastion.groups, 'network.groups') : []),
          { lines: [ssh`Match all`], reason: { message: say('sshd.end'), path: 'network.pattern' } },
        ],
      },
      installSshd(bastion),
      undoSshd,
    ];
  },
};

/**
 * One `Match` block. Users and groups are alternatives, so each has its own: a `Match` requires all of its criteria.
 */
function match(
  model: AccessModel,
  bastion: BastionNetwork,
  kind: 'User' | 'Group',
  names: readonly string[],
  path: string,
): Block<'ssh'>[] {
  const { port } = model.plan.server;
  const targets = [...databaseSpellings(model), ...bastion.alsoReaches.flatMap(spellings)].map((host) =>
    sshWord(hostPort(host, port)),
  );
  return [
    {
      lines: [ssh`Match ${sshWord(kind)} ${join(names.map(sshWord), ',')}`],
      reason: { message: say(kind === 'User' ? 'sshd.users' : 'sshd.groups'), path },
    },
    {
      lines: [ssh`    AllowTcpForwarding local`, ssh`    PermitOpen ${join([...new Set(targets)], ' ')}`],
      reason: { message: say('sshd.permitOpen'), path: 'network.alsoReaches' },
    },
    {
      lines: indented(ssh`
        PermitListen none
        GatewayPorts no
        AllowStreamLocalForwarding no
        AllowAgentForwarding no
        X11Forwarding no
        PermitTunnel no
      `),
      reason: { message: say('sshd.noOther'), path: 'network.pattern' },
    },
    {
      lines: indented(ssh`
        MaxSessions 0
        PermitTTY no
        PermitUserRC no
        ForceCommand /usr/sbin/nologin
      `),
      reason: { message: say('sshd.noShell'), path: 'network.pattern' },
    },
    {
      lines: indented(ssh`
        PasswordAuthentication no
        KbdInteractiveAuthentication no
      `),
      reason: { message: say('sshd.keys'), path: 'network.pattern' },
    },
    ...(bastion.ssh.authority ? [certificates] : []),
  ];
}

const indented = (text: Ssh): Ssh[] => lines(text).map((line) => ssh`    ${line}`);

/**
 * Without an AuthorizedPrincipalsFile the certificate must name the account itself. It is not set to `none` here:
 * inside Match sshd treats that word as a file name (servconf.c, copy_set_server_options).
 */
const certificates: Block<'ssh'> = {
  lines: indented(ssh`
    TrustedUserCAKeys /etc/ssh/postern_user_ca.pub
    RevokedKeys /etc/ssh/postern_revoked_keys
    AuthorizedKeysFile none
    AuthorizedKeysCommand none
  `),
  reason: { message: say('sshd.certificates'), path: 'network.ssh.authority' },
};
