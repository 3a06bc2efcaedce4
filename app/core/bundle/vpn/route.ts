import { say } from '../../messages/message.ts';
import { hasNetfilter } from '../../model/host-firewall.ts';
import { addressText, type Family, prefixText } from '../../net/prefix.ts';
import { addresses } from '../../plan/ways.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Artifact, FileDraft } from '../file.ts';
import { bootScript } from '../readers/script.ts';
import { systemdService } from '../readers/systemd.ts';
import { rootOnly } from '../root-only.ts';
import { type Tunnel, tunnelOf } from './tunnel.ts';

/** The return route from the database server into the tunnel, through a separate gateway. */
export const routeToTunnel: Artifact = {
  render(model) {
    const tunnel = tunnelOf(model);
    if (
      !tunnel ||
      tunnel.onServer ||
      !hasNetfilter(model.platform.platform) ||
      tunnel.network.software.kind === 'azure'
    )
      return [];
    const [routes, undo] = [routeLines(tunnel, 'replace'), routeLines(tunnel, 'del')];
    if (routes.length === 0) return [];
    const drafts: FileDraft[] = [
      {
        path: 'database-server/route-to-tunnel.sh',
        target: '/usr/local/sbin/postern-route',
        reader: bootScript,
        machine: 'database-server',
        title: say('route.title'),
        intro: [say('route.intro'), say('route.cloud')],
        language: 'sh',
        mode: 0o755,
        blocks: [
          { lines: root },
          {
            lines: routes,
            reason: {
              message: say('route.routes', { name: tunnel.network.gateway.name }),
              path: 'network.gateway.privateAddresses',
            },
          },
        ],
      },
      {
        path: 'database-server/route-to-tunnel-undo.sh',
        purpose: 'undo',
        machine: 'database-server',
        title: say('route.undoTitle'),
        language: 'sh',
        mode: 0o755,
        blocks: [{ lines: root }, { lines: undo.map((line) => sh`${line} 2>/dev/null || true`) }],
      },
      {
        path: 'database-server/postern-route.service',
        target: '/etc/systemd/system/postern-route.service',
        reader: systemdService,
        machine: 'database-server',
        title: say('route.unitTitle'),
        intro: [say('route.persist')],
        language: 'ini',
        blocks: [
          {
            lines: lines(ini`
              [Unit]
              Description=Routes to the tunnel, made by Postern
              Wants=network-online.target
              After=network-online.target

              [Service]
              Type=oneshot
              RemainAfterExit=yes
              ExecStart=/usr/local/sbin/postern-route

              [Install]
              WantedBy=multi-user.target
            `),
            reason: { message: say('route.unit'), path: 'network.gateway.placement' },
          },
        ],
      },
    ];
    return drafts.map((draft) => ({ ...draft, page: tunnel.page }));
  },
};

const root = lines(sh`
  set -euo pipefail
  ${rootOnly}
`);

/** One route for each network behind the gateway, through its first address of that family. */
function routeLines(tunnel: Tunnel, action: 'replace' | 'del'): Sh[] {
  const hops = addresses(tunnel.network.gateway.privateAddresses);
  const hop = (family: Family) => hops.find((address) => address.family === family);
  const { mtu } = tunnel.network;
  // TCP derives its segment size from the route, so both ends send what fits into the tunnel.
  const size = mtu !== null && action === 'replace' ? sh` mtu ${mtu}` : sh``;
  return [...tunnel.networks, ...tunnel.peers.flatMap(({ behind }) => behind)].flatMap((network) => {
    const via = hop(network.family);
    return via
      ? [
          sh`ip -${network.family} route ${shWord(action)} ${shWord(prefixText(network))} via ${shWord(addressText(via))}${size}`,
        ]
      : [];
  });
}
