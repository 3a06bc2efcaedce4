import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import { type Ssh, ssh, sshWord } from '../../quote/ssh.ts';
import { join } from '../../quote/template.ts';
import type { Block } from '../file.ts';
import type { Artifact } from '../list.ts';
import { bastionOf, databaseSpellings, hostPort, spellings } from './targets.ts';

const TARGET = '/etc/ssh/sshd_config.d/50-postern.conf';

/** The bastion's `sshd_config.d` drop-in: a forward to the database and nothing else. Without users or groups there is none. */
export const bastionSshd: Artifact = {
  render(model) {
    const bastion = bastionOf(model);
    if (!bastion || (bastion.users.length === 0 && bastion.groups.length === 0)) return [];
    return [
      {
        path: 'bastion/sshd_config.d/50-postern.conf',
        target: TARGET,
        machine: 'bastion',
        title: say('sshd.title'),
        intro: [say('sshd.include'), say('sshd.administrators'), say('sshd.accounts')],
        language: 'ssh',
        apply: 'reload',
        blocks: [
          ...(bastion.users.length > 0 ? match(model, bastion, 'User', bastion.users, 'network.users') : []),
          ...(bastion.groups.length > 0 ? match(model, bastion, 'Group', bastion.groups, 'network.groups') : []),
          { lines: [ssh`Match all`], reason: { message: say('sshd.end'), path: 'network.pattern' } },
        ],
      },
      {
        path: 'bastion/check-sshd.sh',
        machine: 'bastion',
        title: say('sshd.checkTitle'),
        intro: [say('sshd.checkIntro')],
        language: 'sh',
        mode: 0o755,
        blocks: [check],
      },
    ];
  },
};

/** One `Match` block. Users and groups are alternatives, so each has its own: criteria of one `Match` must all hold. */
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
  ];
}

const indented = (text: Ssh): Ssh[] => lines(text).map((line) => ssh`    ${line}`);

const check: Block<'sh'> = {
  lines: lines(sh`
    set -euo pipefail
    if [ "$(id -u)" -ne 0 ]; then echo 'Run this as root: sudo bash, then the name of this file.' >&2; exit 1; fi
    if ! grep -Eiq '^[[:space:]]*Include[[:space:]=]+"?/etc/ssh/sshd_config\.d/' /etc/ssh/sshd_config; then
      echo 'Put this line first in /etc/ssh/sshd_config: Include /etc/ssh/sshd_config.d/*.conf' >&2
      exit 1
    fi
    sshd -t
    systemctl reload ssh 2>/dev/null || systemctl reload sshd
    echo 'Reloaded. Keep this session open, and check from another one that you still get in.'
  `),
  reason: { message: say('sshd.checkWhy'), path: 'network.pattern' },
};
