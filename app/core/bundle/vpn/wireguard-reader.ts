import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Reader } from '../reader.ts';
import { managed } from '../readers/managed.ts';

const interfaceOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.conf$/, '');
const unitOf = (path: string): Sh => sh`wg-quick@${shWord(interfaceOf(path))}`;

export const wireGuardReader: Reader = {
  programs: [{ command: 'wg-quick', debian: 'wireguard-tools', rhel: 'wireguard-tools' }],
  check: (path) => [sh`wg-quick strip ${shWord(interfaceOf(path))} >/dev/null`],
  // Sessions through the tunnel continue if only peers changed, but addresses and routes require a restart of the
  // interface.
  use: (path) => [
    sh`if [ -e ${shWord(path)} ]; then`,
    sh`  ${managed(sh`systemctl --quiet enable ${unitOf(path)}; systemctl restart ${unitOf(path)}`)}`,
    sh`fi`,
  ],
  back: (path) => [sh`if was_active ${unitOf(path)}; then systemctl restart ${unitOf(path)}; fi`],
  leave: (path) => [managed(sh`systemctl --quiet disable --now ${unitOf(path)} || true`)],
  units: (path) => [`wg-quick@${interfaceOf(path)}`],
  byHand: {
    use: (path) => [sh`sudo systemctl enable --now ${unitOf(path)}`],
    leave: (path) => [sh`sudo systemctl disable --now ${unitOf(path)}`],
  },
};
