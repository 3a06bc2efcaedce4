import type { TargetPage } from '../page.ts';

export const strongswanPage: TargetPage = {
  id: 'strongswan',
  title: 'strongSwan',
  summary: 'An IPsec tunnel with IKEv2 between peers and the gateway or the database server.',
  does: [
    'swanctl.conf for both ends: exactly the networks of the plan, strong proposals, dead peers noticed, calls repeated until they are answered.',
    'Machines are given their own address in the tunnel; sites keep theirs, and their networks pass through.',
    'With certificates: each machine makes its key, and a script signs the requests with an authority of the tunnel alone. With keys: 256 bits for each peer, in a file that only root may read.',
    'A filter keeps packets with addresses of the tunnel from travelling in the clear, and on a gateway of its own forwards to PostgreSQL and to SSH of the administrators, and nothing else.',
    'PostgreSQL starts after the tunnel.',
  ],
  doesNot: [
    'Set up the clients of phones, Windows or macOS, which speak IKEv2 as well.',
    'Revoke a certificate: take the peer out of the plan instead. No new connection takes it then; end the open one on the gateway with swanctl --terminate --ike and the name that swanctl --list-sas shows.',
    'Change the firewall of a site, where UDP 500 and 4500 have to come back in.',
  ],
  undo: [
    'sudo rm /etc/swanctl/conf.d/postern*.conf, then sudo swanctl --load-all; a tunnel that is up stays up until it is ended: sudo swanctl --terminate --ike, with the name that swanctl --list-sas shows',
    'sudo systemctl disable --now postern-tunnel',
  ],
  pitfalls: [
    {
      text: 'Debian leaves the plugin for elliptic curves out where recommended packages are not installed; then no proposal fits. Install libstrongswan-standard-plugins.',
      source: {
        title: 'strongSwan, Plugin List',
        url: 'https://docs.strongswan.org/docs/latest/plugins/plugins.html',
      },
    },
    {
      text: 'A connection that was loaded before its key gives up and is not called again by itself: load, then swanctl --initiate --child postern.',
      source: {
        title: 'strongSwan, swanctl.conf',
        url: 'https://docs.strongswan.org/docs/latest/swanctl/swanctlConf.html',
      },
    },
    {
      text: 'A network that overlaps on both sides cannot pass: the selectors would contradict the routes.',
      source: {
        title: 'strongSwan, Forwarding and Split-Tunneling',
        url: 'https://docs.strongswan.org/docs/latest/howtos/forwarding.html',
      },
    },
  ],
};
