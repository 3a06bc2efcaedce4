import { type Sh, sh } from '../../quote/sh.ts';

/**
 * Whether sshd reads its drop-ins for everyone: an Include of their folder before the first Match, which would limit it
 * (sshd_config(5)). `file` is the main file.
 */
export const readsDropIns = (file: Sh): Sh =>
  sh`sed '/^[[:space:]]*[Mm][Aa][Tt][Cc][Hh][[:space:]]/,$d' ${file} | grep -Eiq '^[[:space:]]*Include[[:space:]=](.*[[:space:]"=])?(/etc/ssh/)?sshd_config\.d/'`;

/** What to do if it does not. */
export const ADD_INCLUDE = 'Put this line first in /etc/ssh/sshd_config: Include /etc/ssh/sshd_config.d/*.conf';
