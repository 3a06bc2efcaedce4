import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Reader } from '../reader.ts';
import { managed } from './managed.ts';

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const reload = () => [managed(sh`systemctl daemon-reload`)];
const reloadByHand = () => [sh`sudo systemctl daemon-reload`];
const verify = (path: string): Sh[] => [sh`systemd-analyze verify ${shWord(path)}`];

/** A unit that is enabled by hand, and disabled before its file is removed. */
const switched: Reader['byHand'] & {} = {
  use: (path) => [...reloadByHand(), sh`sudo systemctl enable --now ${shWord(nameOf(path))}`],
  leave: (path) => [sh`sudo systemctl disable --now ${shWord(nameOf(path))}`],
  removed: reloadByHand,
};

const reloaded: Reader['byHand'] & {} = { use: reloadByHand, removed: reloadByHand };

/** A drop-in for a unit of another package. */
export const systemdDropIn: Reader = { use: reload, byHand: reloaded };

export const systemdService: Reader = {
  check: verify,
  // A service without an [Install] section is started by something else, such as its timer.
  use: (path) => [
    managed(
      sh`systemctl daemon-reload; if grep -qs '^\[Install\]' ${shWord(path)}; then systemctl --quiet enable ${shWord(nameOf(path))}; fi`,
    ),
  ],
  back: reload,
  leave: (path) => [managed(sh`systemctl --quiet disable ${shWord(nameOf(path))} || true`)],
  units: (path) => [nameOf(path)],
  byHand: switched,
};

/** A service that a timer starts, so it is not enabled by itself. */
export const timedService: Reader = { ...systemdService, byHand: reloaded };

export const systemdTimer: Reader = {
  check: verify,
  use: (path) => [
    managed(
      sh`systemctl daemon-reload; if [ -e ${shWord(path)} ]; then systemctl --quiet enable --now ${shWord(nameOf(path))}; fi`,
    ),
  ],
  back: reload,
  leave: (path) => [managed(sh`systemctl --quiet disable --now ${shWord(nameOf(path))} || true`)],
  units: (path) => [nameOf(path)],
  byHand: switched,
};
