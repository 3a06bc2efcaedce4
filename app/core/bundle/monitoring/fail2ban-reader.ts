import { sh } from '../../quote/sh.ts';
import type { Reader } from '../reader.ts';
import { managed } from '../readers/managed.ts';

/** The filter, which has no effect without its jail. */
export const fail2banReader: Reader = {
  programs: [{ command: 'fail2ban-client', debian: 'fail2ban', rhel: 'fail2ban' }],
  check: () => [sh`fail2ban-client -t >/dev/null`],
  use: () => [managed(sh`systemctl reload-or-restart fail2ban`)],
  back: () => [sh`if was_active fail2ban; then systemctl reload-or-restart fail2ban; fi`],
  units: () => ['fail2ban'],
};

export const jailReader: Reader = {
  ...fail2banReader,
  byHand: { use: () => [sh`sudo fail2ban-client -t`, sh`sudo systemctl restart fail2ban`] },
};
