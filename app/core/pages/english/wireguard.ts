import type { TargetPage } from '../page.ts';

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
      text: 'A packet from an address that is not among the allowed ones of its peer is dropped without a word.',
      source: { title: 'WireGuard, Cryptokey Routing', url: 'https://www.wireguard.com/#cryptokey-routing' },
    },
    {
      text: 'A peer behind NAT that only listens is lost to the other end without keepalive.',
      source: { title: 'WireGuard, Quick Start', url: 'https://www.wireguard.com/quickstart/' },
    },
  ],
};
