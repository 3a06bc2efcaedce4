import type { Reader } from '../reader.ts';
import { bootScript } from '../readers/script.ts';

/** A script of `iptables-restore` commands for both families. */
export const iptablesScript: Reader = {
  ...bootScript,
  programs: [
    { command: 'iptables', debian: 'iptables', rhel: 'iptables-nft' },
    { command: 'ip6tables', debian: 'iptables', rhel: 'iptables-nft' },
  ],
};
