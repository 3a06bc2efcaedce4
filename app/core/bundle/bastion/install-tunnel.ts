import { say } from '../../messages/message.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { FileDraft } from '../file.ts';
import { rootOnly } from '../root-only.ts';
import { SSH_ALIAS } from './forward.ts';
import { onlyAccount } from './targets.ts';

const asRoot = lines(sh`
  set -euo pipefail
  ${rootOnly}
  place=/etc/postern-tunnel
  unit=/etc/systemd/system/postern-tunnel.service
`);

/** Creates the service's account and key; once the bastion accepts the key, tests it and starts the service. */
export function installTunnel(bastion: BastionNetwork): FileDraft<'sh'> {
  const { authority } = bastion.ssh;
  const account = onlyAccount(bastion);
  return {
    path: 'clients/postern-tunnel/install-tunnel.sh',
    machine: 'clients',
    title: say('tunnel.installTitle'),
    intro: [
      say(account === undefined ? 'tunnel.installIntro' : 'tunnel.installIntroAccount'),
      say(authority ? 'tunnel.installCertificate' : 'tunnel.installKey'),
    ],
    language: 'sh',
    mode: 0o755,
    blocks: [
      {
        lines: [
          ...asRoot,
          account === undefined ? sh`account=\${1:-}` : sh`account=\${1:-${shWord(account)}}`,
          ...lines(sh`
            if ! [[ $account =~ ^[A-Za-z_][A-Za-z0-9_.-]{0,31}$ ]]; then
              echo 'Name the account on the bastion: sudo bash install-tunnel.sh ACCOUNT' >&2
              exit 1
            fi
            from=$(cd "$(dirname "$0")" && pwd)
          `),
        ],
      },
      {
        reason: { message: say('tunnel.account'), path: 'network.ssh.service' },
        lines: lines(sh`
          if ! getent passwd postern-tunnel > /dev/null; then
            useradd --system --user-group --no-create-home --home-dir "$place" --shell /usr/sbin/nologin postern-tunnel
          fi
          install -d -m 0750 -o root -g postern-tunnel "$place"
          if [ ! -e "$place/key" ]; then
            rm -f "$place/key.new" "$place/key.new.pub"
            (umask 077; ssh-keygen -q -t ed25519 -N '' -C "postern-tunnel@$(uname -n)" -f "$place/key.new")
            mv "$place/key.new.pub" "$place/key.pub"
            mv "$place/key.new" "$place/key"
          fi
          chown root:postern-tunnel "$place/key" "$place/key.pub"
          chmod 0640 "$place/key" "$place/key.pub"
        `),
      },
      ...(authority
        ? [
            {
              reason: { message: say('tunnel.certificate'), path: 'network.ssh.authority' },
              lines: lines(sh`
                if [ -e "$from/key-cert.pub" ]; then
                  own=$(ssh-keygen -l -f "$place/key.pub" | cut -d ' ' -f 2)
                  if ! ssh-keygen -L -f "$from/key-cert.pub" | grep -Fq -- "CERT $own"; then
                    echo 'key-cert.pub does not belong to the key of this machine.' >&2
                    exit 1
                  fi
                  install -m 0640 -o root -g postern-tunnel "$from/key-cert.pub" "$place/key-cert.pub.new"
                  mv "$place/key-cert.pub.new" "$place/key-cert.pub"
                fi
                if [ ! -e "$place/key-cert.pub" ]; then
                  echo 'Sign this key with ssh-authority.sh, save the certificate next to this script as key-cert.pub, and run the script again:'
                  cat "$place/key.pub"
                  exit
                fi
              `),
            },
          ]
        : [
            {
              reason: { message: say('tunnel.admit'), path: 'network.ssh.service' },
              lines: lines(sh`
                if [ ! -e "$place/asked" ]; then
                  touch "$place/asked"
                  echo "Add this key to authorized_keys of $account on the bastion, and run this script again:"
                  cat "$place/key.pub"
                  exit
                fi
              `),
            },
          ]),
      {
        reason: { message: say('tunnel.place'), path: 'network.ssh.service' },
        lines: lines(sh`
          { cat "$from/ssh_config"; printf '    User %s\n' "$account"; } > "$place/ssh_config.new"
          ssh -G -F "$place/ssh_config.new" ${shWord(SSH_ALIAS)} > /dev/null
          mv "$place/ssh_config.new" "$place/ssh_config"
          install -m 0644 "$from/../postern_known_hosts" "$place/known_hosts.new"
          mv "$place/known_hosts.new" "$place/known_hosts"
          install -m 0644 "$from/postern-tunnel.service" "$unit.new"
          mv "$unit.new" "$unit"
          systemctl daemon-reload
          systemctl enable postern-tunnel
          systemctl restart postern-tunnel
          echo 'The tunnel is started. To check whether it is up: systemctl status postern-tunnel'
        `),
      },
    ],
  };
}

export const undoTunnel: FileDraft<'sh'> = {
  path: 'clients/postern-tunnel/tunnel-undo.sh',
  purpose: 'undo',
  machine: 'clients',
  title: say('tunnel.undoTitle'),
  language: 'sh',
  mode: 0o755,
  blocks: [
    {
      lines: [
        ...asRoot,
        ...lines(sh`
          if [ -e "$unit" ]; then systemctl disable --now postern-tunnel || true; fi
          rm -f "$unit"
          systemctl daemon-reload
          rm -rf "$place"
          if getent passwd postern-tunnel > /dev/null; then userdel postern-tunnel; fi
          if getent group postern-tunnel > /dev/null; then groupdel postern-tunnel; fi
        `),
      ],
    },
  ],
};
