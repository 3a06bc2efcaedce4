import { file, man, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const wireguardLab = test('e2e/lab/vpn/wireguard.test.ts');
const wg = man('wg(8)', 'https://manpages.debian.org/bookworm/wireguard-tools/wg.8.en.html');

export const wireguardPage: TargetPage = {
  id: 'wireguard',
  title: 'WireGuard',
  summary: 'The tunnel between peers and the gateway or the database server.',
  does: [
    ...says(
      test('e2e/server/tools/wireguard.test.ts'),
      'Each machine creates its own key; only public keys are exchanged.',
    ),
    ...says(
      wireguardLab,
      'Each peer can send only from its own addresses and from the networks behind it.',
      "A dedicated gateway forwards to PostgreSQL and to administrators' SSH, and nothing else. PostgreSQL starts after the tunnel.",
    ),
  ],
  doesNot: [
    ...says(wg, 'Identify the person at a peer: a key identifies a machine.'),
    ...says(wireguardLab, 'Carry a packet before the public key of the other end is filled in.'),
  ],
  undo: says(
    file('app/core/bundle/vpn/wireguard.ts'),
    'sudo systemctl disable --now wg-quick@postern, and delete /etc/wireguard/postern.conf',
  ),
  pitfalls: says(
    wg,
    'Allowed addresses work both ways: a peer can send only from them, and only packets to them are sent through it.',
    'Keepalive is off by default; a peer behind NAT that rarely sends needs it to stay reachable.',
  ),
};
