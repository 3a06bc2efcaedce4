import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { lines } from '../../quote/lines.ts';
import { opensslSubject } from '../../quote/openssl.ts';
import { type Sh, sh } from '../../quote/sh.ts';
import type { Block } from '../file.ts';

const CA_DAYS = 3650;

/**
 * Each CA has its own folder, `authority-1` first, with its key, its certificate, what it issued and what was revoked.
 * The file `signing` names the one that signs, and one rename changes it; `ca.crt` is what others trust: that CA, and
 * one that is about to sign or has signed before.
 */
export function authority(model: AccessModel, own: boolean): Block<'sh'> {
  const { name } = model.plan.server;
  const title = own ? 'Postern CA' : 'Postern client CA';
  const subject = opensslSubject(name !== null && name.length <= 40 ? `${title} ${name}` : title);
  return {
    lines: lines(sh`
      authority() { # number
        local folder=authority-$1 suffix=
        [ "$1" = 1 ] || suffix=" $1"
        mkdir -p "$folder/issued"
        make_ca_key "$folder/ca.key"
        if [ ! -e "$folder/ca.crt" ]; then
          with_ca_key "$folder/ca.key" req -x509 -new -utf8 -sha256 -config openssl.cnf -extensions ca -days ${CA_DAYS} -key "$folder/ca.key" -subj ${subject}"$suffix" -out "$folder/ca.crt.new"
          mv "$folder/ca.crt.new" "$folder/ca.crt"
        fi
        if [ -z "$plain" ] && ! encrypted "$folder/ca.key"; then
          echo "certificates/$folder/ca.key has no passphrase. To add one: make-certificates.sh encrypt" >&2
        fi
      }
      if [ -e ca.key ]; then # made before there were folders
        mkdir -p authority-1/issued
        openssl x509 -in ca.crt -out authority-1/ca.crt
        for file in server* bastion.* clients/*; do
          case $file in *.crt) mkdir -p "authority-1/issued/\${file%.crt}" && cp "$file" "authority-1/issued/\${file%.crt}/first.crt" ;; esac
        done
        mv ca.key authority-1/ca.key
      fi
      [ -e signing ] || put signing 1
      signing=$(cat signing)
      authority "$signing"
    `),
    reason: {
      message: say(own ? 'certificates.authority' : 'certificates.clientAuthority'),
      path: 'security.certificate.source',
    },
  };
}

/** A new CA in three steps, with time between them to distribute its certificate. */
export const rotation: Block<'sh'> = {
  lines: lines(sh`
    rotate() { # announce, switch or retire
      local next=$((signing + 1)) previous=$((signing - 1))
      case $1 in
        announce)
          if [ -d "authority-$previous" ]; then refuse 'The previous CA is still trusted: retire it first.'; fi
          authority "$next"
          tell 'Step 1 of 3: ca.crt now contains both CAs. Install it on the server and on every client, as described at the end of this output. Then: rotate switch'
          ;;
        switch)
          if [ ! -e "authority-$next/ca.crt" ]; then refuse 'There is no new CA yet. Run: rotate announce'; fi
          put signing "$next"
          signing=$next
          tell 'Step 2 of 3: every certificate was issued again. Install them; the earlier ones are still valid. When all new ones are in use: rotate retire'
          ;;
        retire)
          if [ ! -d "authority-$previous" ]; then refuse 'There is no previous CA to retire.'; fi
          mkdir -p retired
          mv "authority-$previous" "retired/authority-$previous"
          tell 'Step 3 of 3: ca.crt contains only the new CA. Install it on the server and on every client. Certificates from the previous CA are rejected from then on.'
          ;;
        *) refuse 'Usage: rotate announce, rotate switch or rotate retire.' ;;
      esac
    }
  `),
  reason: { message: say('certificates.rotation'), path: 'security.certificate.source' },
};

/** What the server and the clients trust, written only if it changed. */
export const trusted: Sh[] = lines(sh`
  {
    cat "authority-$signing/ca.crt"
    # One without a certificate was interrupted while it was made: rotate announce completes it.
    for folder in authority-*; do [ "$folder" = "authority-$signing" ] || [ ! -e "$folder/ca.crt" ] || cat "$folder/ca.crt"; done
  } >ca.crt.new
  keep_or_take ca.crt
  openssl x509 -in "authority-$signing/ca.crt" -noout -checkend 31536000 >/dev/null || echo 'The CA expires within a year. To start a new one: rotate announce' >&2
`);
