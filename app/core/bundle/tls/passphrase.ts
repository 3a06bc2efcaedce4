import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import type { Block } from '../file.ts';

/** Minimum length of a CA passphrase. */
const PASSPHRASE_LENGTH = 12;

/**
 * The passphrase of the CA's key. The script prompts for it when the key is first used in a run, and passes it to
 * openssl through a pipe from a shell builtin: it is in no argument, no environment and no file. `-pass stdin` works
 * with every openssl, also where /dev/fd does not (openssl-passphrase-options(1)).
 */
export const passphrases: Block<'sh'> = {
  lines: lines(sh`
    unset passphrase # one from the environment would be passed on to every program
    ask_passphrase() { # prompt; sets $passphrase
      if [ -n "\${CA_PASSPHRASE_FILE:-}" ]; then
        IFS= read -r passphrase <"$CA_PASSPHRASE_FILE" || [ -n "\${passphrase:-}" ] || refuse "$CA_PASSPHRASE_FILE has no passphrase in its first line."
      elif [ -t 0 ]; then
        IFS= read -rsp "$1: " passphrase
        echo >&2
      else
        refuse 'The key of the CA needs a passphrase: run this in a terminal, name a file with the passphrase in CA_PASSPHRASE_FILE, or add --no-passphrase.'
      fi
    }
    new_passphrase() { # one for all keys here
      local again key
      for key in authority-*/ca.key; do
        if [ -e "$key" ] && encrypted "$key"; then
          open_ca_key "$key"
          return 0
        fi
      done
      if [ -n "\${passphrase:-}" ]; then return 0; fi
      ask_passphrase 'New passphrase for the key of the CA'
      [ "\${#passphrase}" -ge ${PASSPHRASE_LENGTH} ] || refuse 'Use at least ${PASSPHRASE_LENGTH} characters. Nothing was created.'
      if [ -z "\${CA_PASSPHRASE_FILE:-}" ]; then
        again=$passphrase
        ask_passphrase 'The same passphrase again'
        [ "$again" = "$passphrase" ] || refuse 'The two passphrases differ. Nothing was created.'
      fi
    }
    opened=' '
    open_ca_key() { # file; asks for its passphrase, once in a run
      if ! encrypted "$1"; then return 0; fi
      case $opened in *" $1 "*) return 0 ;; esac
      if [ -z "\${passphrase:-}" ]; then ask_passphrase 'Passphrase for the key of the CA'; fi
      printf '%s\n' "$passphrase" | openssl pkey -in "$1" -passin stdin -noout 2>/dev/null || refuse "The passphrase does not open certificates/$1."
      opened+="$1 "
    }
    with_ca_key() { # file, then a command of openssl that reads it
      local key=$1
      shift
      open_ca_key "$key"
      if encrypted "$key"; then printf '%s\n' "$passphrase" | openssl "$@" -passin stdin; else openssl "$@"; fi
    }
    make_ca_key() { # file
      [ ! -e "$1" ] || return 0
      if [ -n "$plain" ]; then
        make_key "$1"
        return 0
      fi
      new_passphrase
      printf '%s\n' "$passphrase" | make_key "$1" -aes256 -pass stdin
    }
    encrypt_keys() { # of CAs that have no passphrase yet
      local key
      for key in authority-*/ca.key; do
        encrypted "$key" && continue
        new_passphrase
        printf '%s\n' "$passphrase" | openssl pkey -in "$key" -aes256 -passout stdin -out "$key.new"
        mv "$key.new" "$key"
        tell "$key is encrypted."
      done
    }
  `),
  reason: { message: say('certificates.passphrase'), path: 'security.certificate.source' },
};
