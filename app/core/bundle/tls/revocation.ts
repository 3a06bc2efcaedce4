import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import type { Block } from '../file.ts';

/**
 * Validity of a CRL in days. The server reads only the installed file, so a shorter validity would not announce
 * revocations sooner; and an expired list rejects every client certificate.
 */
const CRL_DAYS = 365;

/** Age in days after which a run of the script creates a new list. */
const CRL_RENEWED_AFTER = 120;

/**
 * Revokes every certificate that was ever issued to a client: a renewal leaves the earlier one valid until it expires.
 * `NAME.revoked` is written first and lists what is to be revoked, so that the next run completes an interrupted one.
 */
export const revocation: Block<'sh'> = {
  lines: lines(sh`
    revoked=''
    database() { # of an authority, for openssl ca
      local file
      for file in index.txt crlnumber; do # openssl ca renames FILE to FILE.old, then FILE.new to FILE
        if [ -e "$1/$file" ]; then rm -f "$1/$file.new"; elif [ -e "$1/$file.new" ]; then mv "$1/$file.new" "$1/$file"; fi
      done
      [ -e "$1/index.txt" ] || : >"$1/index.txt"
      [ -e "$1/crlnumber" ] || put "$1/crlnumber" 01
      printf '%s\n' '[ca]' 'default_ca = list' '[list]' "database = $1/index.txt" "crlnumber = $1/crlnumber" 'default_md = sha256' \
        'unique_subject = no' 'crl_extensions = extensions' '[extensions]' 'authorityKeyIdentifier = keyid' >"$1/revocation.cnf"
    }
    authority_does() { # folder, what openssl ca is to do
      local folder=$1
      shift
      with_ca_key "$folder/ca.key" ca -config "$folder/revocation.cnf" -cert "$folder/ca.crt" -keyfile "$folder/ca.key" "$@"
    }
    revoke() { # a client or a replica, as its files are called
      local found='' file name=clients/$1
      case $1 in '' | */* | .*) refuse 'Usage: revoke NAME, where NAME is that of the files in certificates/clients.' ;; esac
      case $1 in replication-*) [ -e "clients/$1.crt" ] || name=$1 ;; esac
      for file in authority-*/issued/"$name"/*.crt; do
        if [ -e "$file" ]; then found=yes; fi
      done
      if [ -z "$found" ]; then
        printf 'No certificate was ever made for %s. There are:\n' "$1" >&2
        for file in clients/*.crt; do file=\${file#clients/}; printf '  %s\n' "\${file%.crt}" >&2; done
        exit 1
      fi
      : >"$name.revoked"
      revoked=$1
    }
    complete_revocations() {
      local marker name file folder serial
      for marker in clients/*.revoked replication-*.revoked; do
        [ -e "$marker" ] || continue
        name=\${marker%.revoked}
        for file in authority-*/issued/"$name"/*.crt; do
          [ -e "$file" ] || continue
          folder=\${file%%/*}
          database "$folder"
          open_ca_key "$folder/ca.key"
          serial=$(openssl x509 -in "$file" -noout -serial)
          if ! grep -q "^R.*\${serial#*=}" "$folder/index.txt"; then
            authority_does "$folder" -revoke "$file" >/dev/null 2>&1 || refuse "$file cannot be revoked."
          fi
        done
        rm -rf "$name.crt" "$name.key" "$name.ext" "bundles/\${name#clients/}.tar.gz" "bundles/\${name#clients/}"
      done
    }
    revocation_lists() { # of every authority in one file, as PostgreSQL takes them
      local folder
      for folder in authority-*; do
        [ -e "$folder/ca.crt" ] || continue
        database "$folder"
        if [ ! -e "$folder/ca.crl" ] || [ "$folder/index.txt" -nt "$folder/ca.crl" ] || [ -n "$renewed$revoked" ] ||
          [ -n "$(find "$folder/ca.crl" -mtime +${CRL_RENEWED_AFTER})" ]; then
          open_ca_key "$folder/ca.key"
          authority_does "$folder" -gencrl -crldays ${CRL_DAYS} -out "$folder/ca.crl.new" 2>/dev/null
          mv "$folder/ca.crl.new" "$folder/ca.crl"
        fi
      done
      cat authority-*/ca.crl >ca.crl.new
      keep_or_take ca.crl
      if [ -n "$revoked" ]; then tell "$revoked is in ca.crl now. It is rejected once that list is on the server and the server has reloaded; open sessions stay until they end."; fi
    }
  `),
  reason: { message: say('certificates.revocation', { days: CRL_DAYS }), path: 'security.certificate.revocation' },
};

/** Without a list a certificate is valid until it expires, and the script states that explicitly. */
export const noRevocation: Block<'sh'> = {
  lines: lines(sh`
    revoke() { refuse 'This plan has no certificate revocation list. Enable it under Security, and download the new files first.'; }
  `),
};
