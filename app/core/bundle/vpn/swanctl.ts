import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { addressText, type Family, type Prefix, parseAddress, prefixText } from '../../net/prefix.ts';
import { lines } from '../../quote/lines.ts';
import { type Swanctl, swanctl, swanctlWord } from '../../quote/swanctl.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import {
  ESP_PROPOSAL,
  GATEWAY_ID,
  gatewayMachine,
  gatewaySide,
  hasOwnAddress,
  IKE_PROPOSAL,
  type Ipsec,
  ipsecOf,
  ipsecPaths,
  peerId,
  peerKey,
  peerSide,
} from './ipsec.ts';
import { swanctlReader } from './swanctl-reader.ts';
import type { TunnelPeer } from './tunnel.ts';

/** `swanctl.conf` of the machine where the tunnels end, and one for each peer. */
export const swanctlFiles: Artifact = {
  page: 'strongswan',
  render(model) {
    const ipsec = ipsecOf(model);
    if (!ipsec) return [];
    return [
      ...(ipsec.azure ? [] : [gatewayFile(model, ipsec)]),
      ...ipsec.tunnel.peers.map((peer) => peerFile(model, ipsec, peer)),
    ];
  },
};

const list = (prefixes: readonly Prefix[]): Swanctl => join(prefixes.map(prefixText).map(swanctlWord), ', ');
const inFamily = (prefixes: readonly Prefix[], family: Family) => prefixes.filter((prefix) => prefix.family === family);
const word = (value: string): Swanctl => swanctlWord(parseAddress(value) ? value : value.toLowerCase());

function gatewayFile(model: AccessModel, ipsec: Ipsec): FileDraft<'swanctl'> {
  const { machine, folder } = gatewayMachine(ipsec);
  const { peers } = ipsec.tunnel;
  const given = peers.filter((peer) => !hasOwnAddress(peer));
  return {
    path: `${folder}/swanctl.conf`,
    target: `${ipsecPaths(model, machine).swanctl}/conf.d/postern.conf`,
    reader: swanctlReader,
    machine,
    title: say('swanctl.gatewayTitle'),
    intro: intro(ipsec),
    language: 'swanctl',
    mode: 0o600,
    blocks: [
      { lines: [swanctl`connections {`] },
      ...peers.map((peer) => connection(ipsec, peer)),
      { lines: [swanctl`}`] },
      ...(given.length === 0 ? [] : [{ lines: [swanctl``, swanctl`pools {`] }]),
      ...given.map(
        (peer): Block<'swanctl'> => ({
          lines: poolsOf(peer).map(
            ({ name, addresses }) => swanctl`  ${name} { addrs = ${join(addresses.map(swanctlWord), ', ')} }`,
          ),
          reason: {
            message: say('swanctl.pool', { name: peer.peer.name }),
            path: `${peer.path}.addresses`,
          },
        }),
      ),
      ...(given.length === 0 ? [] : [{ lines: [swanctl`}`] }]),
    ],
  };
}

const intro = ({ authentication, azure }: Ipsec) => [
  say(authentication === 'certificate' ? 'swanctl.startCertificate' : 'swanctl.startPsk'),
  say('swanctl.packages'),
  ...(azure ? [] : [say('swanctl.encap')]),
];

/** A pool with only the peer's own addresses, so that nobody else is assigned them. */
const poolsOf = (peer: TunnelPeer): { readonly name: Swanctl; readonly addresses: readonly string[] }[] =>
  peer.own.map((address, index) => ({
    name: swanctl`postern-${swanctlWord(peerKey(peer))}-${index + 1}`,
    addresses: [prefixText(address)],
  }));

function connection(ipsec: Ipsec, peer: TunnelPeer): Block<'swanctl'> {
  const { endpoint, name } = peer.peer;
  const key = swanctlWord(peerKey(peer));
  const networks = peer.behind.map(prefixText).join(', ');
  return {
    lines: [
      swanctl`  postern-${key} {`,
      ...(endpoint === null ? [] : [swanctl`    remote_addrs = ${word(endpoint.host)}`]),
      ...shared,
      swanctl`    unique = replace`,
      ...(hasOwnAddress(peer)
        ? []
        : [
            swanctl`    pools = ${join(
              poolsOf(peer).map((pool) => pool.name),
              ', ',
            )}`,
          ]),
      ...ends(ipsec.authentication, swanctlWord(GATEWAY_ID), swanctlWord(peerId(peer))),
      swanctl`    children {`,
      swanctl`      postern-${key} {`,
      ...selectors(gatewaySide(ipsec), peerSide(peer)),
      ...(endpoint === null ? [] : [swanctl`        start_action = trap`]),
      swanctl`        dpd_action = clear`,
      swanctl`      }`,
      swanctl`    }`,
      swanctl`  }`,
    ],
    reason: {
      message: networks === '' ? say('swanctl.machine', { name }) : say('swanctl.site', { name, networks }),
      path: peer.path,
    },
  };
}

/** Options common to all connections. */
const shared = lines(swanctl`
      version = 2
      encap = yes
      proposals = ${swanctlWord(IKE_PROPOSAL)}
      rekey_time = 4h
      dpd_delay = 30s
`).map((line) => swanctl`    ${line}`);

const selectors = (local: readonly Prefix[], remote: readonly Prefix[]): Swanctl[] => [
  swanctl`        local_ts = ${list(local)}`,
  swanctl`        remote_ts = ${list(remote)}`,
  swanctl`        esp_proposals = ${swanctlWord(ESP_PROPOSAL)}`,
  swanctl`        rekey_time = 1h`,
];

const ends = (authentication: Ipsec['authentication'], local: Swanctl, remote: Swanctl): Swanctl[] =>
  authentication === 'certificate'
    ? [
        swanctl`    local {`,
        swanctl`      auth = pubkey`,
        swanctl`      certs = postern.crt`,
        swanctl`      id = ${local}`,
        swanctl`    }`,
        swanctl`    remote {`,
        swanctl`      auth = pubkey`,
        swanctl`      cacerts = postern-ca.crt`,
        swanctl`      id = ${remote}`,
        swanctl`    }`,
      ]
    : [
        swanctl`    local {`,
        swanctl`      auth = psk`,
        swanctl`      id = ${local}`,
        swanctl`    }`,
        swanctl`    remote {`,
        swanctl`      auth = psk`,
        swanctl`      id = ${remote}`,
        swanctl`    }`,
      ];

/** The IKE identities of a site and Azure's gateway: their public addresses, as Azure requires. */
export const azureIds = (
  { tunnel }: Ipsec,
  { peer }: TunnelPeer,
): { readonly site: string; readonly gateway: string } => ({
  site: peer.endpoint?.host ?? peer.name,
  gateway: tunnel.network.gateway.endpoint,
});

/** The identities of both ends of one tunnel. */
export const identities = (ipsec: Ipsec, peer: TunnelPeer): { readonly site: string; readonly gateway: string } =>
  ipsec.azure ? azureIds(ipsec, peer) : { site: peerId(peer), gateway: GATEWAY_ID };

function peerFile(model: AccessModel, ipsec: Ipsec, peer: TunnelPeer): FileDraft<'swanctl'> {
  const { network } = ipsec.tunnel;
  const side = peerSide(peer);
  const ids = identities(ipsec, peer);
  const vips = ([4, 6] as const).flatMap((family) => inFamily(peer.own, family).map(addressText));
  return {
    path: `vpn-peers/${peer.slug}/swanctl.conf`,
    target: `${ipsecPaths(model, 'vpn-peers').swanctl}/conf.d/postern.conf`,
    reader: swanctlReader,
    machine: 'vpn-peers',
    title: say('swanctl.peerTitle', { name: peer.peer.name }),
    intro: intro(ipsec),
    language: 'swanctl',
    mode: 0o600,
    blocks: [
      { lines: [swanctl`connections {`, swanctl`  postern {`] },
      {
        lines: [swanctl`    remote_addrs = ${word(network.gateway.endpoint)}`],
        reason: {
          message: say(ipsec.azure ? 'swanctl.azureEndpoint' : 'swanctl.endpoint'),
          path: 'network.gateway.endpoint',
        },
      },
      {
        lines: [...shared, swanctl`    keyingtries = 0`],
        reason: { message: say('swanctl.keys'), path: 'network.software.kind' },
      },
      ...(hasOwnAddress(peer)
        ? []
        : [
            {
              lines: [swanctl`    vips = ${join(vips.map(swanctlWord), ', ')}`],
              reason: { message: say('swanctl.vips'), path: `${peer.path}.addresses` },
            },
          ]),
      {
        lines: ends(ipsec.authentication, word(ids.site), word(ids.gateway)),
        reason: {
          message: say(ipsec.authentication === 'certificate' ? 'swanctl.certificate' : 'swanctl.psk'),
          path: 'network.software.authentication',
        },
      },
      {
        lines: [
          swanctl`    children {`,
          swanctl`      postern {`,
          ...selectors(ipsec.azure ? inFamily(side, 4) : side, gatewaySide(ipsec)),
          swanctl`        start_action = start`,
          swanctl`        close_action = start`,
          swanctl`        dpd_action = restart`,
          swanctl`      }`,
          swanctl`    }`,
          swanctl`  }`,
          swanctl`}`,
        ],
        reason: {
          message: say(ipsec.tunnel.onServer ? 'wireguard.routes' : 'wireguard.routesBehind'),
          path: ipsec.tunnel.onServer ? 'server.addresses.vpn' : 'server.addresses.private',
        },
      },
    ],
  };
}
