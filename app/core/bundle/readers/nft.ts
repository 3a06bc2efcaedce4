import { sh, shWord } from '../../quote/sh.ts';
import type { Reader } from '../reader.ts';

export const nftReader: Reader = {
  programs: [{ command: 'nft', debian: 'nftables', rhel: 'nftables' }],
  check: (path) => [sh`nft -c -f ${shWord(path)}`],
  use: (path) => [sh`if [ -e ${shWord(path)} ]; then nft -f ${shWord(path)}; fi`],
};
