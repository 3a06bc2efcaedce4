import { sh, shWord } from '../../quote/sh.ts';
import type { Reader } from '../reader.ts';

export const sysctlReader: Reader = {
  programs: [{ command: 'sysctl', debian: 'procps', rhel: 'procps-ng' }],
  use: (path) => [sh`if [ -e ${shWord(path)} ]; then sysctl --quiet --load=${shWord(path)}; fi`],
  byHand: { use: () => [sh`sudo sysctl --system`] },
};
