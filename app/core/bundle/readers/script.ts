import { sh, shWord } from '../../quote/sh.ts';
import type { Reader } from '../reader.ts';

/** A script that another program runs when it needs to. */
export const calledScript: Reader = {
  check: (path) => [sh`bash -n ${shWord(path)}`],
};

/** A script that is only run in a manual installation: otherwise another program or `apply.sh` runs it. */
export const scriptByHand: Reader = {
  ...calledScript,
  byHand: { use: (path) => [sh`sudo ${shWord(path)}`] },
};

/** A script that takes effect by being run, such as one that adds rules or routes; another program runs it again at boot. */
export const bootScript: Reader = {
  ...scriptByHand,
  use: (path) => [sh`if [ -e ${shWord(path)} ]; then bash ${shWord(path)}; fi`],
};
