import { say } from '../../messages/message.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Reader } from '../reader.ts';

/**
 * Policies were added in firewalld 0.9.0. An older one, such as that of RHEL 8.4, ignores the file and filters nothing.
 */
export const hasPolicies = sh`[[ $(firewall-cmd --help) == *--new-policy* ]]`;

export const firewalldReader: Reader = {
  programs: [{ command: 'firewall-cmd', debian: 'firewalld', rhel: 'firewalld' }],
  check: () => [
    sh`if ${hasPolicies}; then firewall-offline-cmd --check-config >/dev/null`,
    sh`else tell ${shWord(say('firewalld.tooOld').text)} >&2; false; fi`,
  ],
  use: () => [sh`if firewall-cmd --state >/dev/null 2>&1; then firewall-cmd --quiet --reload; fi`],
};
