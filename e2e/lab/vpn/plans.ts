import { defaultPlan, type Peer, type Plan } from '../../../app/core/index.ts';
import { valid } from '../../server/harness/plans.ts';

export type Vpn = Extract<Plan['network'], { pattern: 'vpn' }>;

export const vpnOf = ({ network }: Plan): Vpn => {
  if (network.pattern !== 'vpn') throw new Error('not a VPN');
  return network;
};

/** Where the machines are on the internet of the lab. */
export const at = { server: '203.0.113.10', gateway: '203.0.113.20', laptop: '198.51.100.50', site: '198.51.100.9' };
/** A machine in the network of the site. */
export const desk = { four: '192.168.5.7', six: 'fd00:55::7' };
export const inside = { four: '10.0.2.10', six: 'fd00:0:0:2::10' };

/** A laptop behind nobody's router, and a site with networks, which can be called or not. */
export const peers = (port: number, called: boolean): Peer[] => [
  { name: 'laptop', addresses: ['10.8.0.2', 'fd00:8::2'], networks: [], endpoint: null, publicKey: null },
  {
    name: 'Büro "Nord"',
    addresses: ['10.8.0.3', 'fd00:8::3'],
    networks: ['192.168.5.0/24', 'fd00:55::/64'],
    endpoint: called ? { host: at.site, port } : null,
    publicKey: null,
  },
];

/** Hub and spoke ends on the server; site to site on a gateway of its own. Clients come from all of it. */
export function vpnPlan(
  software: Vpn['software'],
  placement: 'server' | 'separate',
  { major = 18, called = false, mtu = null }: { major?: number; called?: boolean; mtu?: number | null } = {},
): Plan {
  const start = defaultPlan('vpn');
  const network = vpnOf(start);
  const port = software.kind === 'wireguard' ? 51820 : 500;
  const separate = placement === 'separate';
  const [client] = start.clients;
  return valid(
    {
      ...start,
      server: {
        ...start.server,
        major,
        addresses: separate
          ? { public: [], private: [inside.four, inside.six], vpn: [] }
          : { public: [at.server], private: [], vpn: ['10.8.0.1', 'fd00:8::1'] },
      },
      network: {
        ...network,
        software,
        mtu,
        gateway: {
          ...network.gateway,
          placement,
          port,
          endpoint: separate ? at.gateway : at.server,
          ...(separate
            ? { addresses: ['10.8.0.1', 'fd00:8::1'], privateAddresses: ['10.0.2.1', 'fd00:0:0:2::1'] }
            : {}),
        },
        peers: peers(port, called),
      },
      clients: [
        { ...client, name: 'team', sources: ['10.8.0.2', 'fd00:8::2'], roles: ['team'] },
        { ...client, name: 'site', sources: ['192.168.5.0/24', 'fd00:55::/64'], roles: ['site'] },
      ],
    },
    'a plan of a tunnel',
  );
}
