import type { TargetPage } from '../page.ts';

const manual = { title: 'wg(8)', url: 'https://manpages.debian.org/bookworm/wireguard-tools/wg.8.en.html' };

export const wireguardPage: TargetPage = {
  id: 'wireguard',
  title: 'WireGuard',
  summary: 'The tunnel between peers and the gateway or the database server.',
  does: [
    'Each machine makes its own key; only public keys travel.',
    'Each peer may send from its own addresses and from the networks behind it, and from no others.',
    'A separate gateway forwards to PostgreSQL and to SSH of the administrators, and nothing else. PostgreSQL starts after the tunnel.',
  ],
  doesNot: [
    'Tell who sits at a peer: a key is a machine.',
    'Carry a packet before the public key of the other end is filled in.',
  ],
  undo: ['sudo systemctl disable --now wg-quick@postern, and delete /etc/wireguard/postern.conf'],
  pitfalls: [
    {
      text: 'Allowed addresses work both ways: only from them a peer may send, and only to them packets are sent through it.',
      source: manual,
    },
    {
      text: 'Keepalive is off by default; a peer behind NAT that seldom sends needs it to stay within reach.',
      source: manual,
    },
  ],
};
