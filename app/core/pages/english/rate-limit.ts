import type { TargetPage } from '../page.ts';

export const rateLimitPage: TargetPage = {
  id: 'rate-limit',
  title: 'Limit of new connections',
  summary:
    'Beside ufw and firewalld: a small table of nftables that slows down guessing where the port faces the internet.',
  does: [
    'Counts new connections of each client of the plan, an IPv6 /64 as one, and drops what comes over the limit.',
    'Is asked before the firewall, opens nothing, and leaves every other packet to it.',
    'Stands in a table of its own, so that neither ufw nor firewalld loses it when it loads its rules.',
  ],
  doesNot: [
    'Count strangers: the firewall drops them, and they cannot fill the counters.',
    'Count open connections; CONNECTION LIMIT of a role and max_connections do.',
    'Count what Docker publishes: docker-user.sh does.',
  ],
  undo: [
    'sudo bash database-server/firewall/rate-limit-undo.sh',
    'sudo systemctl disable postern-rate.service, and delete it with /etc/postern/postern-rate.nft',
  ],
  pitfalls: [
    {
      text: 'Clients behind one address, such as an office behind NAT, share a counter. Leave room, or use a pool.',
      source: { title: 'nft(8), meters', url: 'https://manpages.debian.org/bookworm/nftables/nft.8.en.html' },
    },
    {
      text: 'The own limit of ufw is fixed at six connections in thirty seconds, too few for applications.',
      source: { title: 'ufw(8)', url: 'https://manpages.ubuntu.com/manpages/noble/en/man8/ufw.8.html' },
    },
  ],
};
