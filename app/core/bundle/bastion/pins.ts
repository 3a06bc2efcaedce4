import { say } from '../../messages/message.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { lines } from '../../quote/lines.ts';
import { type Ssh, ssh, sshKey, sshWord } from '../../quote/ssh.ts';
import type { Block, FileDraft, Machine } from '../file.ts';
import { HOST_KEY_ALIAS } from './forward.ts';

/** The bastion's host keys in the format of known_hosts; empty if the plan pins none. */
export function knownHosts({ ssh: { hostKeys } }: BastionNetwork, machine: Machine): FileDraft<'ssh'>[] {
  if (hostKeys.length === 0) return [];
  return [
    {
      path: `${machine}/postern_known_hosts`,
      machine,
      title: say('knownHosts.title'),
      intro: [say('knownHosts.intro')],
      language: 'ssh',
      blocks: [
        {
          lines: hostKeys.map((key) => ssh`${sshWord(HOST_KEY_ALIAS)} ${sshKey(key)}`),
          reason: { message: say('knownHosts.keys'), path: 'network.ssh.hostKeys' },
        },
      ],
    },
  ];
}

/** How ssh verifies the bastion: only by the keys in `file`, or by asking once. */
export function hostKeyCheck({ ssh: { hostKeys } }: BastionNetwork, file: Ssh): Block<'ssh'> {
  if (hostKeys.length === 0) {
    return {
      lines: [ssh`    StrictHostKeyChecking ask`],
      reason: { message: say('sshConfig.hostKey'), path: 'network.ssh.hostKeys' },
    };
  }
  return {
    lines: lines(ssh`
      HostKeyAlias ${sshWord(HOST_KEY_ALIAS)}
      UserKnownHostsFile ${file}
      GlobalKnownHostsFile /dev/null
      KnownHostsCommand none
      VerifyHostKeyDNS no
      StrictHostKeyChecking yes
      UpdateHostKeys no
      CheckHostIP no
    `).map((line) => ssh`    ${line}`),
    reason: { message: say('sshConfig.pinned'), path: 'network.ssh.hostKeys' },
  };
}
