import { say } from '../../messages/message.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { bastionOf } from './targets.ts';

/** Default validity of a certificate in days: short, because revocation is easily forgotten. */
export const CERTIFICATE_DAYS = 30;

/** The SSH CA on the administrator's machine: creates its key, signs users' keys, renews, revokes. */
export const sshAuthority: Artifact = {
  page: 'ssh-authority',
  render(model) {
    const bastion = bastionOf(model);
    return bastion?.ssh.authority ? [script(bastion)] : [];
  },
};

function script(bastion: BastionNetwork): FileDraft<'sh'> {
  return {
    path: 'your-machine/ssh-authority.sh',
    machine: 'your-machine',
    title: say('authority.title'),
    intro: [say('authority.intro', { days: CERTIFICATE_DAYS })],
    language: 'sh',
    mode: 0o755,
    run: [
      sh`bash your-machine/ssh-authority.sh make`,
      sh`cp your-machine/ssh-authority/postern_user_ca.pub your-machine/ssh-authority/postern_revoked_keys bastion/`,
    ],
    blocks: [start(bastion), sign, commands],
  };
}

const start = ({ name }: BastionNetwork): Block<'sh'> => ({
  reason: { message: say('authority.folder'), path: 'network.ssh.authority' },
  lines: [
    ...lines(sh`
      set -euo pipefail
      umask 077
      here=$(cd "$(dirname "$0")" && pwd)
      folder=$here/ssh-authority
      authority=$folder/postern_user_ca
      revoked=$folder/postern_revoked_keys
    `),
    sh`title=${shWord(`Postern SSH authority for ${name}`)}`,
    sh`usual=${CERTIFICATE_DAYS} # days`,
    ...lines(sh`
      put() { # file, its text; renamed into place, so that it is whole or not there
        printf '%s\n' "$2" > "$1.new"
        mv "$1.new" "$1"
      }
      rm -rf "$folder"/work.* "$folder"/*.new "$folder"/*.new.pub # of a run that was interrupted
      for public in "$folder"/signed/*.pub; do # a key whose certificate was never kept
        case $public in *-cert.pub) ;; *) [ -e "\${public%.pub}-cert.pub" ] || rm -f "$public" ;; esac
      done
      fail() { printf '%s\n' "$1" >&2; exit 1; }
      usage() {
        fail 'Usage: ssh-authority.sh make | sign KEY.pub ACCOUNT [DAYS] | renew SERIAL [DAYS] | revoke SERIAL... | list'
      }
    `),
  ],
});

const sign: Block<'sh'> = {
  reason: { message: say('authority.sign'), path: 'network.ssh.authority' },
  lines: lines(sh`
    issue() { # public key file, account, days; leaves the number of the certificate in serial
      local public=$1 account=$2 days=$3 work
      [[ $account =~ ^[A-Za-z_][A-Za-z0-9_.-]{0,31}$ ]] || fail "$account is not a valid account name."
      [[ $days =~ ^[1-9][0-9]{0,3}$ ]] || fail 'DAYS must be a number.'
      [ -e "$authority" ] || fail 'There is no CA yet. Run: ssh-authority.sh make'
      [ -e "$public" ] || fail "There is no file $public."
      if grep -q 'PRIVATE KEY' "$public"; then fail "$public is a private key, which must not leave its machine. Ask for KEY.pub."; fi
      if ! ssh-keygen -Q -f "$revoked" "$public" > /dev/null; then
        fail "$public is not a public key, or it is revoked. Ask for a new one."
      fi
      serial=$(($(cat "$folder/serial") + 1))
      work=$(mktemp -d "$folder/work.XXXXXX")
      cp "$public" "$work/key.pub"
      if ! ssh-keygen -q -s "$authority" -I "$account-$serial" -n "$account" -V "-5m:+\${days}d" -z "$serial" \
        -O clear -O permit-port-forwarding "$work/key.pub"; then
        rm -rf "$work"
        fail 'Nothing was signed.'
      fi
      put "$folder/serial" "$serial"
      mv "$work/key.pub" "$folder/signed/$serial.pub"
      mv "$work/key-cert.pub" "$folder/signed/$serial-cert.pub"
      rm -rf "$work"
    }
    field() { ssh-keygen -L -f "$1" | sed -n "$2"; } # certificate, what to print of it
    signed() { # serial number; fails where it is none
      if ! [[ $1 =~ ^[1-9][0-9]*$ ]] || [ ! -e "$folder/signed/$1-cert.pub" ]; then fail "There is no certificate with the serial number $1."; fi
    }
  `),
};

const commands: Block<'sh'> = {
  reason: { message: say('authority.commands'), path: 'network.ssh.authority' },
  lines: lines(sh`
    case "\${1:-}" in
      make)
        mkdir -p "$folder/signed"
        [ -e "$folder/serial" ] || put "$folder/serial" 0
        if [ ! -e "$authority" ]; then
          rm -f "$authority.new" "$authority.new.pub"
          ssh-keygen -q -t ed25519 -C "$title" -f "$authority.new"
          mv "$authority.new.pub" "$authority.pub"
          mv "$authority.new" "$authority"
        fi
        if [ ! -e "$revoked" ]; then
          ssh-keygen -q -k -f "$revoked.new"
          mv "$revoked.new" "$revoked"
        fi
        echo 'For the bastion: ssh-authority/postern_user_ca.pub and ssh-authority/postern_revoked_keys.'
        ;;
      sign)
        [ $# -ge 3 ] || usage
        issue "$2" "$3" "\${4:-$usual}"
        cp "$folder/signed/$serial-cert.pub" "\${2%.pub}-cert.pub.new"
        mv "\${2%.pub}-cert.pub.new" "\${2%.pub}-cert.pub"
        echo "Certificate $serial: \${2%.pub}-cert.pub. Save it next to the private key, under the same name with -cert.pub."
        ;;
      renew)
        signed "\${2:-}"
        account=$(field "$folder/signed/$2-cert.pub" '/Principals:/{n;s/ //g;p;}')
        issue "$folder/signed/$2.pub" "$account" "\${3:-$usual}"
        echo "Certificate $serial for $account: ssh-authority/signed/$serial-cert.pub."
        ;;
      revoke)
        [ $# -ge 2 ] || usage
        for serial in "\${@:2}"; do signed "$serial"; done
        for serial in "\${@:2}"; do
          cp "$revoked" "$revoked.new"
          ssh-keygen -q -k -u -f "$revoked.new" "$folder/signed/$serial.pub"
          mv "$revoked.new" "$revoked"
        done
        echo 'Copy ssh-authority/postern_revoked_keys next to install-sshd.sh on the bastion and run that script there.'
        ;;
      list)
        for certificate in "$folder"/signed/*-cert.pub; do
          [ -e "$certificate" ] || continue
          state=kept
          ssh-keygen -Q -f "$revoked" "$certificate" > /dev/null || state=revoked
          printf '%s, %s, %s\n' "$(field "$certificate" 's/^ *Key ID: "\(.*\)"$/\1/p')" "$(field "$certificate" 's/^ *Valid: //p')" "$state"
        done
        ;;
      *) usage ;;
    esac
  `),
};
