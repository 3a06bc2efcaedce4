import { say } from '../../messages/message.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { FileDraft } from '../file.ts';
import { rootOnly } from '../root-only.ts';
import { ADD_INCLUDE, readsDropIns } from './drop-ins.ts';

/** The drop-in, relative to /etc/ssh and to the installer. */
export const DROP_IN = 'sshd_config.d/50-postern.conf';

const asRoot = lines(sh`
  set -euo pipefail
  ${rootOnly}
  cd /etc/ssh
`);

/** With socket activation and no connection, sshd is not running and reads its files when it starts. */
const reload = lines(sh`
  reload_sshd() {
    for unit in ssh sshd; do
      if systemctl is-active --quiet "$unit"; then systemctl reload "$unit"; return; fi
    done
  }
`);

/**
 * Installs the drop-in after sshd has validated a copy of its whole configuration with it, and removes it if sshd then
 * rejects it: with an error in any file sshd would not start again.
 */
export function installSshd({ ssh: { authority } }: BastionNetwork): FileDraft<'sh'> {
  return {
    path: 'bastion/install-sshd.sh',
    machine: 'bastion',
    title: say('sshd.installTitle'),
    intro: [say('sshd.installIntro'), ...(authority ? [say('sshd.installAuthority')] : [])],
    language: 'sh',
    mode: 0o755,
    // The drop-in says when to run it.
    run: [],
    blocks: [
      {
        lines: [
          sh`from=$(cd "$(dirname "$0")" && pwd)`,
          ...asRoot,
          ...reload,
          authority
            ? sh`files=(postern_user_ca.pub postern_revoked_keys sshd_config.d/50-postern.conf)`
            : sh`files=(sshd_config.d/50-postern.conf)`,
          ...lines(sh`
            work=$(mktemp -d /run/postern-sshd.XXXXXX)
            trap 'rm -rf "$work"' EXIT
            mkdir -p "$work/new" "$work/before/sshd_config.d" sshd_config.d
            if ! ${readsDropIns(sh`sshd_config`)}; then
              echo ${shWord(ADD_INCLUDE)} >&2
              exit 1
            fi
          `),
        ],
      },
      ...(authority
        ? [
            {
              reason: { message: say('sshd.installKeys'), path: 'network.ssh.authority' },
              lines: lines(sh`
                for file in postern_user_ca.pub postern_revoked_keys; do
                  if [ ! -e "$from/$file" ] && [ ! -e "$file" ]; then
                    echo "Copy $file from ssh-authority.sh next to this script." >&2
                    exit 1
                  fi
                done
                if [ -e "$from/postern_user_ca.pub" ]; then ssh-keygen -l -f "$from/postern_user_ca.pub" > /dev/null; fi
                if [ -e "$from/postern_revoked_keys" ]; then
                  if ! said=$(ssh-keygen -Q -f "$from/postern_revoked_keys" /etc/ssh/ssh_host_*_key.pub); then
                    printf '%s\n' 'postern_revoked_keys cannot be read, or names a host key of this machine:' "$said" >&2
                    exit 1
                  fi
                fi
              `),
            },
          ]
        : []),
      {
        reason: { message: say('sshd.installTest'), path: 'network.pattern' },
        lines: lines(sh`
          cp -R sshd_config.d "$work/new/"
          cp "$from/sshd_config.d/50-postern.conf" "$work/new/sshd_config.d/"
          sed "s|/etc/ssh/sshd_config\.d/|$work/new/sshd_config.d/|" sshd_config > "$work/new/sshd_config"
          sshd -t -f "$work/new/sshd_config"
        `),
      },
      {
        reason: { message: say('sshd.installPlace'), path: 'network.pattern' },
        lines: lines(sh`
          put_back() {
            for file in "\${files[@]}"; do
              if [ -e "$work/before/$file" ]; then cp -a "$work/before/$file" "$file"; else rm -f "$file"; fi
            done
          }
          for file in "\${files[@]}"; do
            if [ -e "$file" ]; then cp -a "$file" "$work/before/$file"; fi
            [ -e "$from/$file" ] || continue
            install -m 0644 "$from/$file" "$file.new"
            mv "$file.new" "$file"
          done
          if ! sshd -t || ! reload_sshd; then
            put_back
            echo 'sshd rejects these files. The earlier files are restored.' >&2
            exit 1
          fi
          echo 'Reloaded. Keep this session open, and check from another one that you can still log in.'
        `),
      },
    ],
  };
}

export const undoSshd: FileDraft<'sh'> = {
  path: 'bastion/sshd-undo.sh',
  purpose: 'undo',
  machine: 'bastion',
  title: say('sshd.undoTitle'),
  language: 'sh',
  mode: 0o755,
  blocks: [
    {
      lines: [
        ...asRoot,
        ...reload,
        ...lines(sh`
          rm -f sshd_config.d/50-postern.conf
          sshd -t
          reload_sshd
        `),
      ],
    },
    {
      reason: { message: say('sshd.undoKeys'), path: 'network.ssh.authority' },
      lines: [sh`rm -f postern_user_ca.pub postern_revoked_keys`],
    },
  ],
};
