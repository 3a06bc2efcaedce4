import { say } from '../../messages/message.ts';
import { ini, iniValue } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import type { Artifact } from '../file.ts';
import { serviceAtBoot } from '../postgres/boot-order.ts';
import { systemdDropIn } from '../readers/systemd.ts';
import { TUNNEL_UNIT } from './ipsec-tunnel.ts';
import { INTERFACE, tunnelOf } from './tunnel.ts';

/**
 * Orders the tunnel before what listens on its addresses: PostgreSQL, or Docker, which publishes the port of the
 * container.
 */
export const afterTunnel: Artifact = {
  render(model) {
    const service = serviceAtBoot(model);
    const tunnel = tunnelOf(model);
    if (!tunnel?.onServer || service === null) return [];
    const wireGuard = tunnel.network.software.kind === 'wireguard';
    const unit = iniValue(wireGuard ? `wg-quick@${INTERFACE}.service` : `${TUNNEL_UNIT} strongswan.service`);
    const container = model.platform.platform === 'docker';
    return [
      {
        path: container ? 'database-server/docker-after-tunnel.conf' : 'database-server/postgresql-after-tunnel.conf',
        target: `/etc/systemd/system/${service}.d/postern-after-tunnel.conf`,
        reader: systemdDropIn,
        machine: 'database-server',
        page: tunnel.page,
        title: say(container ? 'order.dockerTitle' : 'order.title'),
        intro: [say('order.intro')],
        language: 'ini',
        blocks: [
          {
            lines: lines(ini`
              [Unit]
              Wants=${unit}
              After=${unit}
            `),
            reason: { message: say(container ? 'order.dockerWhy' : 'order.why'), path: 'network.gateway.placement' },
          },
        ],
      },
    ];
  },
};
