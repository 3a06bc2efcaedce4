import type { AccessModel } from '../../model/model.ts';
import { ownAuthority } from '../../plan/defaults.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh } from '../../quote/sh.ts';

/** The beginning of `make-certificates.sh`: its folder, and the functions that all of it uses. */
export const start: readonly Sh[] = lines(sh`
  set -euo pipefail
  export MSYS_NO_PATHCONV=1 # Git Bash on Windows would turn a subject into a path
  cd "$(dirname "$0")"
  umask 077
  plain=''
  if [ "\${1:-}" = --no-passphrase ]; then
    plain=yes
    shift
  fi
  mkdir -p certificates/clients certificates/bundles
  cd certificates
  # What an interrupted run left. A file that openssl ca was renaming is not: database() completes that.
  find . -type f -name '*.new' ! -name index.txt.new ! -name crlnumber.new -exec rm -f {} +
  printf '%s\n' '[req]' 'distinguished_name = name' 'string_mask = utf8only' '[name]' '[ca]' 'basicConstraints = critical, CA:TRUE, pathlen:0' \
    'keyUsage = critical, keyCertSign, cRLSign' 'subjectKeyIdentifier = hash' >openssl.cnf
  rm -rf machines.new
  renewed=''
  tell() { printf '%s\n' "$1"; }
  refuse() { printf '%s\n' "$1" >&2; exit 1; }
  put() { # file, its text; renamed into place, so that it is whole or not there
    printf '%s\n' "$2" >"$1.new"
    mv "$1.new" "$1"
  }
  keep_or_take() { # a file whose new form is NAME.new; the old one stays where both are the same
    if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
  }
`);

/** How keys are generated; RSA only where something supports nothing else. */
const KEY: Readonly<Record<'ecdsa' | 'rsa', Sh>> = {
  ecdsa: sh`-algorithm EC -pkeyopt ec_paramgen_curve:P-256`,
  rsa: sh`-algorithm RSA -pkeyopt rsa_keygen_bits:3072`,
};

/** A certificate is renewed this many seconds before it expires: a month, or the last third of a short lifetime. */
const renewedBefore = (days: number) => Math.min(30, Math.floor(days / 3)) * 86_400;

/**
 * Creates keys and certificates. Issued certificates are recorded before they are used, so that all of them can be
 * revoked. `NAME.ext` records the parameters of the certificate with its serial number: an older certificate next to it
 * is not mistaken for it.
 */
export function issuing({ plan }: AccessModel): Sh[] {
  const { certificate } = plan.security;
  // Client certificates are issued with the defaults if the server certificate comes from elsewhere.
  const { algorithm, days } = certificate.source === 'own-ca' ? certificate : ownAuthority;
  return lines(sh`
    make_key() { # file, options; an existing key stays
      local file=$1
      shift
      [ ! -e "$file" ] || return 0
      openssl genpkey ${KEY[algorithm]} "$@" -out "$file.new"
      mv "$file.new" "$file"
    }
    wanted_anew() { # file; renew without a name means all of them
      case "$renewed" in '') return 1 ;; ' ') return 0 ;; *" $1 "* | *" \${1#clients/} "*) return 0 ;; *) return 1 ;; esac
    }
    encrypted() { grep -q ENCRYPTED "$1"; } # file with a key
    made_with() { printf '%s\n# %s' "$1" "$(openssl x509 -in "$2" -noout -serial)"; } # extensions, certificate; what its .ext says
    still_good() { # file, extensions
      [ -e "$1.crt" ] && [ -e "$1.key" ] && [ "$(cat "$1.ext" 2>/dev/null)" = "$(made_with "$2" "$1.crt")" ] &&
        openssl x509 -in "$1.crt" -noout -checkend ${renewedBefore(days)} >/dev/null &&
        openssl verify -CAfile "authority-$signing/ca.crt" "$1.crt" >/dev/null 2>&1 &&
        [ "$(openssl x509 -in "$1.crt" -noout -pubkey)" = "$(openssl pkey -in "$1.key" -pubout)" ]
    }
    issue() { # file, subject, usage, alternative names; a certificate that still fits and does not end soon stays
      local name=$1 subject=$2 key=$1.key extensions serial folder=authority-$signing
      extensions=$(printf '%s\n' 'basicConstraints = critical, CA:FALSE' 'keyUsage = critical, digitalSignature' "extendedKeyUsage = $3" \
        'subjectKeyIdentifier = hash' 'authorityKeyIdentifier = keyid' \${4:+"subjectAltName = $4"})
      if wanted_anew "$name"; then
        rm -f "$name.revoked"
        key=$name.key.new
      elif [ -e "$name.revoked" ]; then
        tell "$name was revoked, so no certificate is created. To issue one again: renew \${name#clients/}"
        return 0
      elif still_good "$name" "$extensions"; then
        return 0
      fi
      make_key "$key"
      serial=$(openssl rand -hex 16)
      printf '%s\n' "$extensions" >"$name.ext.new"
      openssl req -new -utf8 -sha256 -config openssl.cnf -key "$key" -subj "$subject" -out "$name.csr.new"
      mkdir -p "$folder/issued/$name"
      with_ca_key "$folder/ca.key" x509 -req -sha256 -in "$name.csr.new" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -set_serial "0x$serial" \
        -days ${days} -extfile "$name.ext.new" -out "$folder/issued/$name/$serial.crt.new"
      mv "$folder/issued/$name/$serial.crt.new" "$folder/issued/$name/$serial.crt"
      cp "$folder/issued/$name/$serial.crt" "$name.crt.new"
      if [ "$key" != "$name.key" ]; then mv "$key" "$name.key"; fi
      mv "$name.crt.new" "$name.crt"
      put "$name.ext" "$(made_with "$extensions" "$name.crt")"
      rm "$name.csr.new"
      tell "made certificates/$name.crt"
    }
  `);
}

/** Without an argument, whatever is missing or about to expire; with one, the requested action, and then the same. */
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
    encrypt) encrypt_keys ;;
    *) refuse 'Usage: make-certificates.sh [--no-passphrase] [renew [NAME ...] | revoke NAME | rotate announce | rotate switch | rotate retire | encrypt]' ;;
  esac
`);
