import { file, man, manual, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const rate = test('e2e/server/tools/rate-limit.test.ts');

export const rateLimitPage: TargetPage = {
  id: 'rate-limit',
  title: 'Rate limit for new connections',
  summary:
    'For ufw and firewalld: a small nftables table that slows down password guessing where the port faces the internet.',
  does: says(
    rate,
    'Counts new connections from each client of the plan, an IPv6 /64 as one, and drops those over the limit.',
    'Runs before the firewall, opens nothing, and leaves every other packet to it.',
    'Uses a table of its own, so that neither ufw nor firewalld removes it when it loads its rules.',
  ),
  doesNot: [
    ...says(rate, "Count addresses outside the plan: the firewall drops them, and they can't fill the counters."),
    ...says(
      manual('sql-createrole', 'CREATE ROLE'),
      "Count open connections; a role's CONNECTION LIMIT and max_connections do.",
    ),
    ...says(
      vendor(
        'Docker, Packet filtering and firewalls',
        'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      ),
      'Count connections to ports that Docker publishes: docker-user.sh does.',
    ),
  ],
  undo: [
    ...says(
      rate,
      'sudo bash database-server/apply.sh --undo; for the firewall alone: sudo bash database-server/firewall/rate-limit-undo.sh',
    ),
    ...says(
      file('app/core/bundle/firewall/rate-table.ts'),
      'sudo systemctl disable postern-rate.service, and delete it with /etc/postern/postern-rate.nft',
    ),
  ],
  pitfalls: [
    ...says(
      man('nft(8)', 'https://manpages.debian.org/bookworm/nftables/nft.8.en.html'),
      'Clients behind one address, such as an office behind NAT, share a counter. Leave room, or use a pool.',
    ),
    ...says(
      man('ufw(8)', 'https://manpages.ubuntu.com/manpages/noble/en/man8/ufw.8.html'),
      'The built-in limit of ufw is fixed at six connections in thirty seconds, too few for applications.',
    ),
  ],
};
