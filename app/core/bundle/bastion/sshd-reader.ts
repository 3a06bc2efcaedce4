import { sh, shWord } from '../../quote/sh.ts';
import type { Reader } from '../reader.ts';
import { managed } from '../readers/managed.ts';
import { ADD_INCLUDE, readsDropIns } from './drop-ins.ts';

export const sshdReader: Reader = {
  programs: [{ command: 'sshd', debian: 'openssh-server', rhel: 'openssh-server' }],
  check: () => [
    sh`sshd=$(command -v sshd || echo /usr/sbin/sshd)`,
    sh`"$sshd" -t`,
    sh`${readsDropIns(sh`/etc/ssh/sshd_config`)} || { echo ${shWord(`sshd does not read its drop-ins. ${ADD_INCLUDE}`)} >&2; exit 1; }`,
  ],
  use: () => [managed(sh`systemctl try-reload-or-restart ssh 2>/dev/null || systemctl try-reload-or-restart sshd`)],
};
