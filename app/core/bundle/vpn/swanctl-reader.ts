import { say } from '../../messages/message.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Reader } from '../reader.ts';

/** swanctl passes the file to a running charon and cannot check it first. */
export const swanctlReader: Reader = {
  programs: [{ command: 'swanctl', debian: 'strongswan-swanctl', rhel: 'strongswan' }],
  check: (path) => [
    sh`tell ${shWord(`No program tries ${path} without loading it: strongSwan judges it when it is loaded.`)}`,
  ],
  use: (path) => [
    sh`if systemd_runs && systemctl --quiet is-active strongswan; then swanctl --load-all --noprompt`,
    sh`elif [ -e ${shWord(path)} ]; then tell 'strongSwan is not running, so its file was not checked. Start it as the README says once its keys are installed.'`,
    sh`fi`,
  ],
  byHand: {
    use: () => [sh`sudo systemctl enable --now strongswan`, sh`sudo swanctl --load-all --noprompt`],
    removed: () => [sh`sudo swanctl --load-all --noprompt`],
  },
  afterApply: say('guide.ipsecTitle'),
};
