import type { AccessModel } from '../../access/model.ts';
import { ownAuthority } from '../../plan/defaults.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh } from '../../quote/sh.ts';

/** The beginning of `make-certificates.sh`: its folder, and the words that all of it uses. */
export const start: readonly Sh[] = lines(sh`
  set -euo pipefail
  export MSYS_NO_PATHCONV=1 # Git Bash on Windows would turn a subject into a path
  cd "$(dirname "$0")"
  umask 077
  mkdir -p certificates/clients certificates/bundles
  cd certificates
  printf '%s\n' '[req]' 'distinguished_name = name' 'string_mask = utf8only' '[name]' '[ca]' 'basicConstraints = critical, CA:TRUE, pathlen:0' \
    'keyUsage = critical, keyCertSign, cRLSign' 'subjectKeyIdentifier = hash' >openssl.cnf
  renewed=''
  tell() { printf '%s\n' "$1"; }
  refuse() { printf '%s\n' "$1" >&2; exit 1; }
  keep_or_take() { # a file whose new form is NAME.new; the old one stays where both are the same
    if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
  }
`);

/** How keys are made; RSA only where something knows nothing else. */
const KEY: Readonly<Record<'ecdsa' | 'rsa', Sh>> = {
  ecdsa: sh`-algorithm EC -pkeyopt ec_paramgen_curve:P-256`,
  rsa: sh`-algorithm RSA -pkeyopt rsa_keygen_bits:3072`,
};

/** A certificate is renewed this many seconds before it ends: a month, or the last third of a short life. */
const renewedBefore = (days: number) => Math.min(30, Math.floor(days / 3)) * 86_400;

/** Makes keys and certificates. What is issued is recorded before it is used, so that all of it can be revoked. */
export function issuing({ plan }: AccessModel): Sh[] {
  const { certificate } = plan.security;
  // What clients show beside a certificate from elsewhere is made the usual way.
  const { algorithm, days } = certificate.source === 'own-ca' ? certificate : ownAuthority;
  return lines(sh`
    make_key() { # file; a key that is there stays
      [ ! -e "$1" ] || return 0
      openssl genpkey ${KEY[algorithm]} -out "$1.new"
      mv "$1.new" "$1"
    }
    wanted_anew() { # file; renew without a name means all of them
      case "$renewed" in '') return 1 ;; ' ') return 0 ;; *" $1 "* | *" \${1#clients/} "*) return 0 ;; *) return 1 ;; esac
    }
    still_good() { # file, extensions
      [ -e "$1.crt" ] && [ "$(cat "$1.ext" 2>/dev/null)" = "$2" ] &&
        openssl x509 -in "$1.crt" -noout -checkend ${renewedBefore(days)} >/dev/null &&
        openssl verify -CAfile "authority-$signing/ca.crt" "$1.crt" >/dev/null 2>&1 &&
        [ "$(openssl x509 -in "$1.crt" -noout -pubkey)" = "$(openssl pkey -in "$1.key" -pubout)" ]
    }
    issue() { # file, subject, usage, alternative names; a certificate that still fits and does not end soon stays
      local name=$1 subject=$2 extensions serial folder=authority-$signing
      extensions=$(printf '%s\n' 'basicConstraints = critical, CA:FALSE' 'keyUsage = critical, digitalSignature' "extendedKeyUsage = $3" \
        'subjectKeyIdentifier = hash' 'authorityKeyIdentifier = keyid' \${4:+"subjectAltName = $4"})
      if wanted_anew "$name"; then
        rm -f "$name.revoked" "$name.key"
      elif [ -e "$name.revoked" ]; then
        tell "$name was revoked, so none is made. To let it in again: renew \${name#clients/}"
        return 0
      elif still_good "$name" "$extensions"; then
        return 0
      fi
      make_key "$name.key"
      serial=$(openssl rand -hex 16)
      printf '%s\n' "$extensions" >"$name.ext"
      openssl req -new -utf8 -sha256 -config openssl.cnf -key "$name.key" -subj "$subject" -out "$name.csr"
      mkdir -p "$folder/issued/$name"
      openssl x509 -req -sha256 -in "$name.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -set_serial "0x$serial" \
        -days ${days} -extfile "$name.ext" -out "$folder/issued/$name/$serial.crt"
      cp "$folder/issued/$name/$serial.crt" "$name.crt.new"
      mv "$name.crt.new" "$name.crt"
      rm "$name.csr"
      tell "made certificates/$name.crt"
    }
  `);
}

/** Without a word, what is missing or about to end; with one, what it says, and then the same. */
export const choice: readonly Sh[] = lines(sh`
  case \${1:-} in
    '') ;;
    renew)
      shift
      renewed=" $* "
      if [ "$#" = 0 ]; then renewed=' '; fi
      ;;
    revoke) revoke "\${2:-}" ;;
    rotate) rotate "\${2:-}" ;;
    *) refuse 'Use: make-certificates.sh [renew [NAME ...] | revoke NAME | rotate announce | rotate switch | rotate retire]' ;;
  esac
`);
