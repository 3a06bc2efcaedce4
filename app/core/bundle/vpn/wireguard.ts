import { say } from '../../messages/message.ts';
import { hasNetfilter } from '../../model/host-firewall.ts';
import { addressText, contains, type Prefix, prefixText, width } from '../../net/prefix.ts';
import { commentedOut } from '../../quote/comment.ts';
import { type Ini, ini, iniValue } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { endpointText, INTERFACE, type Tunnel, type TunnelPeer, wireGuardOf } from './tunnel.ts';
import { wireGuardReader } from './wireguard-reader.ts';

const KEY_FILE = `/etc/wireguard/${INTERFACE}.key`;
const TARGET = `/etc/wireguard/${INTERFACE}.conf`;

/** WireGuard's configuration of the machine where the tunnel ends, and one for each peer. */
export const wireGuard: Artifact = {
  page: 'wireguard',
  render(model) {
    const tunnel = wireGuardOf(model);
    return tunnel
      ? [gateway(tunnel, hasNetfilter(model.platform.platform)), ...tunnel.peers.map((peer) => peerFile(tunnel, peer))]
      : [];
  },
};

const list = (values: readonly string[]): Ini => join(values.map(iniValue), ', ');

/** A host of a network: `10.8.0.1/24`. */
const inNetwork = (address: Prefix, networks: readonly Prefix[]): string =>
  `${addressText(address)}/${networks.find((network) => contains(network, address))?.length ?? width(address.family)}`;

function gateway(tunnel: Tunnel, linuxServer: boolean): FileDraft<'ini'> {
  const { network, own, ownPath, onServer, peers } = tunnel;
  return {
    path: onServer ? 'database-server/wireguard/postern.conf' : 'vpn-gateway/postern.conf',
    target: TARGET,
    reader: wireGuardReader,
    machine: onServer ? 'database-server' : 'vpn-gateway',
    title: say('wireguard.gatewayTitle'),
    intro: [say('wireguard.start'), ...(onServer && !linuxServer ? [say('wireguard.apps')] : []), say('wireguard.mtu')],
    language: 'ini',
    mode: 0o600,
    blocks: [
      {
        lines: [
          ini`[Interface]`,
          ini`Address = ${list(own.map((address) => inNetwork(address, tunnel.networks)))}`,
          ...mtu(network),
        ],
        reason: { message: say('wireguard.ownAddresses'), path: ownPath },
      },
      {
        lines: [ini`ListenPort = ${network.gateway.port}`],
        reason: { message: say('wireguard.listenPort', { port: network.gateway.port }), path: 'network.gateway.port' },
      },
      privateKey,
      ...(onServer ? [] : [forwardRules]),
      ...peers.map(peerOnGateway),
    ],
  };
}

const privateKey: Block<'ini'> = {
  lines: [ini`PostUp = wg set %i private-key ${iniValue(KEY_FILE)}`],
  reason: { message: say('wireguard.privateKey', { file: KEY_FILE }), path: 'network.pattern' },
};

/** Added before the interface exists, so that it never forwards without them. */
const forwardRules: Block<'ini'> = {
  lines: [
    ini`PreUp = /etc/wireguard/${iniValue(INTERFACE)}-forward.sh`,
    ini`PostDown = /etc/wireguard/${iniValue(INTERFACE)}-forward-undo.sh`,
  ],
  reason: { message: say('wireguard.forward'), path: 'network.gateway.placement' },
};

/**
 * A peer on the gateway. Without its public key it is a comment: `wg` rejects a file with an invalid key, and with it
 * the tunnel of all other peers.
 */
function peerOnGateway({ peer, own, behind, path }: TunnelPeer): Block<'ini'> {
  const { publicKey, endpoint } = peer;
  const entries = [
    ini`[Peer]`,
    ini`PublicKey = ${publicKey === null ? ini`the answer of make-key.sh on ${iniValue(peer.name)}` : iniValue(publicKey)}`,
    ini`AllowedIPs = ${list([...own, ...behind].map(prefixText))}`,
    ...(endpoint === null ? [] : [ini`Endpoint = ${iniValue(endpointText(endpoint.host, endpoint.port))}`]),
  ];
  const networks = behind.map(prefixText).join(', ');
  const about =
    behind.length > 0
      ? say('wireguard.site', { name: peer.name, networks })
      : say('wireguard.machine', { name: peer.name });
  const missing = say('wireguard.keyMissing', { name: peer.name });
  return publicKey === null
    ? {
        lines: entries.map((entry) => commentedOut('#', entry)),
        reason: { message: missing, path: `${path}.publicKey` },
      }
    : { lines: entries, reason: { message: about, path } };
}

/** By default wg-quick uses the path MTU to the other end, minus 80 bytes (wg-quick(8)). */
const mtu = (network: Tunnel['network']): Ini[] => (network.mtu === null ? [] : [ini`MTU = ${network.mtu}`]);

function peerFile(tunnel: Tunnel, of: TunnelPeer): FileDraft<'ini'> {
  const { network, own, database, onServer } = tunnel;
  const { peer, slug, path } = of;
  const { gateway: end } = network;
  const routes = onServer ? database : [...database, ...own];
  return {
    path: `vpn-peers/${slug}/postern.conf`,
    target: TARGET,
    reader: wireGuardReader,
    machine: 'vpn-peers',
    title: say('wireguard.peerTitle', { name: peer.name }),
    intro: [say('wireguard.start'), say('wireguard.apps')],
    language: 'ini',
    mode: 0o600,
    blocks: [
      {
        lines: [ini`[Interface]`, ini`Address = ${list(of.own.map(prefixText))}`, ...mtu(network)],
        reason: { message: say('wireguard.ownAddresses'), path: `${path}.addresses` },
      },
      ...(peer.endpoint === null
        ? []
        : [
            {
              lines: [ini`ListenPort = ${peer.endpoint.port}`],
              reason: { message: say('wireguard.peerListens', { port: peer.endpoint.port }), path: `${path}.endpoint` },
            },
          ]),
      privateKey,
      {
        lines: [
          ini`[Peer]`,
          ini`PublicKey = ${end.publicKey === null ? ini`the-answer-of-make-key.sh-on-the-gateway` : iniValue(end.publicKey)}`,
        ],
        reason: {
          message:
            end.publicKey === null
              ? say('wireguard.gatewayKeyMissing')
              : say('wireguard.gatewayKey', { name: end.name }),
          path: 'network.gateway.publicKey',
        },
      },
      {
        lines: [ini`Endpoint = ${iniValue(endpointText(end.endpoint, end.port))}`],
        reason: { message: say('wireguard.endpoint'), path: 'network.gateway.endpoint' },
      },
      {
        lines: [ini`AllowedIPs = ${list(routes.map(prefixText))}`],
        reason: {
          message: say(onServer ? 'wireguard.routes' : 'wireguard.routesBehind'),
          path: onServer ? 'server.addresses.vpn' : 'server.addresses.private',
        },
      },
      ...(peer.endpoint === null
        ? [
            {
              lines: lines(ini`PersistentKeepalive = 25`),
              reason: { message: say('wireguard.keepalive'), path: `${path}.endpoint` },
            },
          ]
        : []),
    ],
  };
}
