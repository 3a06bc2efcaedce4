import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import type { Artifact, FileDraft, Machine } from '../file.ts';
import { wireGuardOf } from './tunnel.ts';

/**
 * `make-key.sh`: the same script for each machine of the tunnel. No private key ever leaves the machine it was created
 * on.
 */
export const makeKey: Artifact = {
  page: 'wireguard',
  render(model) {
    const tunnel = wireGuardOf(model);
    if (!tunnel) return [];
    return [
      tunnel.onServer
        ? script('database-server', 'database-server/wireguard/make-key.sh')
        : script('vpn-gateway', 'vpn-gateway/make-key.sh'),
      ...(tunnel.peers.length > 0 ? [script('vpn-peers', 'vpn-peers/make-key.sh')] : []),
    ];
  },
};

const script = (machine: Machine, path: string): FileDraft<'sh'> => ({
  path,
  machine,
  title: say('makeKey.title'),
  guide: { before: say('guide.keysFirst'), after: say('guide.keyExchange'), undo: say('guide.undoKeys') },
  intro: [say('makeKey.intro')],
  language: 'sh',
  mode: 0o755,
  blocks: [
    {
      lines: lines(sh`
        set -euo pipefail
        umask 077
        key=/etc/wireguard/postern.key
        if [ ! -e "$key" ]; then
          mkdir -p /etc/wireguard
          wg genkey >"$key.new"
          mv "$key.new" "$key"
        fi
        wg pubkey <"$key"
      `),
      reason: { message: say('makeKey.key'), path: 'network.pattern' },
    },
  ],
});
