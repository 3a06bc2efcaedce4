import { file, man, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const ours = file('app/core/bundle/firewall/nftables.ts');
const nft = man('nft(8)', 'https://manpages.debian.org/bookworm/nftables/nft.8.en.html');

export const nftablesPage: TargetPage = {
  id: 'nftables',
  title: 'nftables',
  summary: 'A dedicated table for the PostgreSQL port, for IPv4 and IPv6.',
  does: [
    ...says(test('e2e/server/tools/nftables.test.ts'), 'The file is checked first, then loaded in one transaction.'),
    ...says(ours, 'Clients are in named sets, so that nft list table inet postern reads like the plan.'),
    ...says(
      test('app/core/bundle/firewall/firewall.test.ts'),
      "If the port faces the internet, new connections from one client can be limited; addresses outside the plan aren't counted and can't fill the sets.",
    ),
  ],
  doesNot: [
    ...says(
      nft,
      'Allow what another table drops: a packet has to pass every table. The script names tables with a drop policy.',
    ),
    ...says(test('e2e/server/tools/nftables.packets.test.ts'), 'Affect SSH or any other port.'),
    ...says(
      vendor(
        'Docker, Packet filtering and firewalls',
        'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      ),
      'Filter ports that Docker publishes.',
    ),
  ],
  undo: [
    ...says(
      test('e2e/lab/rollout/firewall.test.ts'),
      'sudo bash database-server/apply.sh --undo; for the firewall alone: sudo bash database-server/firewall/nftables-undo.sh',
    ),
    ...says(ours, 'sudo systemctl disable postern-nftables.service, and delete it with /etc/postern/postern.nft'),
  ],
  pitfalls: says(
    nft,
    'An accept is not final: a chain of another table at the same hook can still drop the packet. A drop is final.',
    'flush ruleset empties every table. The file that the packaged service loads begins with it, so the accompanying unit starts after that service.',
  ),
};
