import { say } from '../../messages/message.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { FileDraft } from '../file.ts';
import { rootOnly } from '../root-only.ts';

/**
 * Prints the bastion's host keys for the plan and their fingerprints for people, and reports if the plan pins another
 * key.
 */
export function hostKeys({ ssh }: BastionNetwork): FileDraft<'sh'> {
  return {
    path: 'bastion/host-keys.sh',
    machine: 'bastion',
    title: say('hostKeys.title'),
    intro: [say('hostKeys.intro')],
    language: 'sh',
    mode: 0o755,
    blocks: [
      {
        reason: { message: say('hostKeys.print'), path: 'network.ssh.hostKeys' },
        lines: lines(sh`
          set -euo pipefail
          ${rootOnly}
          mapfile -t files < <(sshd -T | sed -n 's/^hostkey //p')
          keys=()
          for file in "\${files[@]}"; do
            [ -e "$file.pub" ] || continue
            keys+=("$(cut -d ' ' -f 1,2 "$file.pub")")
          done
          if [ "\${#keys[@]}" -eq 0 ]; then echo 'sshd has no host key on this machine. To create them: ssh-keygen -A' >&2; exit 1; fi
          echo 'Host keys, for the plan:'
          printf '%s\n' "\${keys[@]}"
          echo 'Their fingerprints, for people to compare:'
          for key in "\${keys[@]}"; do ssh-keygen -l -f /dev/stdin <<< "$key"; done
        `),
      },
      ...(ssh.hostKeys.length === 0 ? [] : [{ lines: compare(ssh.hostKeys), reason: pinned }]),
    ],
  };
}

const pinned = { message: say('hostKeys.compare'), path: 'network.ssh.hostKeys' };

const compare = (keys: readonly string[]): Sh[] => [
  sh`wrong=no`,
  sh`plan=(${join(keys.map(shWord), ' ')})`,
  sh`for pinned in "\${plan[@]}"; do`,
  ...lines(sh`
    if ! printf '%s\n' "\${keys[@]}" | grep -Fxq -e "$pinned"; then
      echo "The plan pins a key that this machine does not have: $(ssh-keygen -l -f /dev/stdin <<< "$pinned")" >&2
      wrong=yes
    fi
  `).map((line) => sh`  ${line}`),
  sh`done`,
  sh`[ "$wrong" = no ]`,
];
