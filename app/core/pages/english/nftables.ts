import type { TargetPage } from '../page.ts';

const manual = { title: 'nft(8)', url: 'https://manpages.debian.org/bookworm/nftables/nft.8.en.html' };

export const nftablesPage: TargetPage = {
  id: 'nftables',
  title: 'nftables',
  summary: 'One table of its own for the PostgreSQL port, for IPv4 and IPv6.',
  does: [
    'The file is checked first, then loaded in one transaction.',
    'Clients stand in named sets, so that nft list table inet postern reads like the plan.',
    'Where the port faces the internet, new connections of one client can be limited; strangers are not counted and cannot fill the sets.',
  ],
  doesNot: [
    'Open what another table drops: a packet has to pass every table. The script names tables with a policy of drop.',
    'Touch SSH or any other port.',
    'Filter what Docker publishes.',
  ],
  undo: [
    'sudo bash database-server/firewall/nftables-undo.sh',
    'sudo systemctl disable postern-nftables.service, and delete it with /etc/postern/postern.nft',
  ],
  pitfalls: [
    {
      text: 'An accept is not the last word: a chain of another table at the same hook may still drop the packet. A drop is final.',
      source: manual,
    },
    {
      text: 'flush ruleset empties every table. The file that the packaged service loads begins with it, so the unit beside it follows that service.',
      source: manual,
    },
  ],
};
