import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { swanctl } from '../../quote/swanctl.ts';
import type { Artifact, FileDraft, Machine } from '../file.ts';
import { gatewayMachine, ipsecOf, ipsecPaths } from './ipsec.ts';

/** The MTU of the tunnel, on the routes that strongSwan creates; only if the plan sets it. */
export const ipsecMtu: Artifact = {
  page: 'strongswan',
  render(model) {
    const ipsec = ipsecOf(model);
    const mtu = ipsec?.tunnel.network.mtu;
    if (!ipsec || mtu === null || mtu === undefined) return [];
    const file = (machine: Machine, folder: string): FileDraft<'swanctl'> => ({
      path: `${folder}/strongswan-mtu.conf`,
      target: `${ipsecPaths(model, machine).strongswan}/postern.conf`,
      machine,
      title: say('ipsecMtu.title'),
      intro: [say('ipsecMtu.intro')],
      language: 'swanctl',
      blocks: [
        {
          lines: lines(swanctl`
            charon {
              plugins {
                kernel-netlink {
                  mtu = ${mtu}
                }
              }
            }
          `),
          reason: { message: say('ipsecMtu.why', { mtu }), path: 'network.mtu' },
        },
      ],
    });
    const { machine, folder } = gatewayMachine(ipsec);
    return [
      ...(ipsec.azure ? [] : [file(machine, folder)]),
      ...(ipsec.tunnel.peers.length > 0 ? [file('vpn-peers', 'vpn-peers')] : []),
    ];
  },
};
