import { file, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const ours = file('app/core/bundle/vpn/ipsec.ts');

export const strongswanPage: TargetPage = {
  id: 'strongswan',
  title: 'strongSwan',
  summary: 'An IPsec tunnel with IKEv2 between peers and the gateway or the database server.',
  does: [
    ...says(
      test('e2e/server/tools/vpn-plans.test.ts'),
      'swanctl.conf for both ends: exactly the networks of the plan, strong proposals, dead peer detection, and retries until the peer answers.',
      'Machines get their own address in the tunnel; sites keep theirs, and their networks pass through.',
    ),
    ...says(
      test('e2e/lab/vpn/strongswan.test.ts'),
      'With certificates: each machine creates its key, and a script signs the requests with a CA used only for the tunnel. With keys: 256 bits for each peer, in a file that only root can read.',
      "A filter keeps packets with tunnel addresses from being sent unencrypted. On a dedicated gateway it forwards to PostgreSQL and to administrators' SSH, and nothing else.",
    ),
    ...says(file('app/core/bundle/vpn/order.ts'), 'PostgreSQL starts after the tunnel.'),
  ],
  doesNot: [
    ...says(
      file('app/core/bundle/vpn/swanctl.ts'),
      'Set up clients on phones, Windows or macOS, which also support IKEv2.',
      'Revoke a certificate: remove the peer from the plan instead. No new connection accepts it then; end the open one on the gateway with swanctl --terminate --ike and the name that swanctl --list-sas shows.',
    ),
    ...says(ours, "Change a site's firewall, which must allow UDP 500 and 4500 back in."),
  ],
  undo: says(
    ours,
    'sudo rm /etc/swanctl/conf.d/postern*.conf, then sudo swanctl --load-all; an open tunnel stays up until you end it: sudo swanctl --terminate --ike, with the name that swanctl --list-sas shows',
    'sudo systemctl disable --now postern-tunnel',
  ),
  pitfalls: [
    ...says(
      vendor('strongSwan, Plugin List', 'https://docs.strongswan.org/docs/latest/plugins/plugins.html'),
      'Debian omits the plugin for elliptic curves if recommended packages are not installed; then no proposal matches. Install libstrongswan-standard-plugins.',
    ),
    ...says(
      vendor('strongSwan, swanctl.conf', 'https://docs.strongswan.org/docs/latest/swanctl/swanctlConf.html'),
      "A connection that was loaded before its key gives up and doesn't retry by itself: load, then swanctl --initiate --child postern.",
    ),
    ...says(
      vendor(
        'strongSwan, Forwarding and Split-Tunneling',
        'https://docs.strongswan.org/docs/latest/howtos/forwarding.html',
      ),
      "A network that overlaps on both sides can't pass: the selectors would contradict the routes.",
    ),
  ],
};
