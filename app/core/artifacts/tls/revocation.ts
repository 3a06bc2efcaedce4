import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import type { Block } from '../file.ts';

/**
 * Days that a revocation list counts. The server reads only the file that was put there, so a short life would make
 * nothing known sooner; and an expired list refuses every client certificate.
 */
const CRL_DAYS = 365;

/** After so many days a run of the script makes a new list. */
const CRL_RENEWED_AFTER = 120;

/** Takes back every certificate that a client ever got: renewals leave the earlier one valid until it expires. */
export const revocation: Block<'sh'> = {
  lines: lines(sh`
    revoked=''
    database() { # of an authority, for openssl ca
      [ -e "$1/index.txt" ] || : >"$1/index.txt"
      [ -e "$1/crlnumber" ] || echo 01 >"$1/crlnumber"
      printf '%s\n' '[ca]' 'default_ca = list' '[list]' "database = $1/index.txt" "crlnumber = $1/crlnumber" 'default_md = sha256' \
        'unique_subject = no' 'crl_extensions = extensions' '[extensions]' 'authorityKeyIdentifier = keyid' >"$1/revocation.cnf"
    }
    authority_does() { # folder, what openssl ca is to do
      local folder=$1
      shift
      openssl ca -config "$folder/revocation.cnf" -cert "$folder/ca.crt" -keyfile "$folder/ca.key" "$@"
    }
    revoke() { # a client or a replica, as its files are called
      local found='' folder file name=clients/$1
      case $1 in '' | */* | .*) refuse 'Say revoke and the name of a client, as its files in certificates/clients are called.' ;; esac
      case $1 in replication-*) [ -e "clients/$1.crt" ] || name=$1 ;; esac
      for file in authority-*/issued/"$name"/*.crt; do
        [ -e "$file" ] || continue
        found=yes
        folder=\${file%%/*}
        database "$folder"
        if ! grep -q "^R.*$(openssl x509 -in "$file" -noout -serial | cut -d = -f 2)" "$folder/index.txt"; then
          authority_does "$folder" -revoke "$file" >/dev/null 2>&1 || refuse "$file cannot be revoked."
        fi
      done
      if [ -z "$found" ]; then
        printf 'No certificate was ever made for %s. There are:\n' "$1" >&2
        for file in clients/*.crt; do file=\${file#clients/}; printf '  %s\n' "\${file%.crt}" >&2; done
        exit 1
      fi
      : >"$name.revoked"
      rm -rf "$name.crt" "$name.key" "$name.ext" "bundles/$1" "bundles/$1.tar.gz"
      revoked=$1
      tell "$1 is in ca.crl now. It is refused once that list is on the server and the server has reloaded; sessions that are open stay until they end."
    }
    revocation_lists() { # of every authority in one file, as PostgreSQL takes them
      local folder
      for folder in authority-*; do
        database "$folder"
        if [ ! -e "$folder/ca.crl" ] || [ "$folder/index.txt" -nt "$folder/ca.crl" ] || [ -n "$renewed$revoked" ] ||
          [ -n "$(find "$folder/ca.crl" -mtime +${CRL_RENEWED_AFTER})" ]; then
          authority_does "$folder" -gencrl -crldays ${CRL_DAYS} -out "$folder/ca.crl.new" 2>/dev/null
          mv "$folder/ca.crl.new" "$folder/ca.crl"
        fi
      done
      cat authority-*/ca.crl >ca.crl.new
      keep_or_take ca.crl
    }
  `),
  reason: { message: say('certificates.revocation', { days: CRL_DAYS }), path: 'security.certificate.revocation' },
};

/** Without a list a certificate counts until it expires, and the script says so instead of leaving it unsaid. */
export const noRevocation: Block<'sh'> = {
  lines: lines(sh`
    revoke() { refuse 'This plan has no revocation list. Switch it on under Security, and take the new files first.'; }
  `),
};
