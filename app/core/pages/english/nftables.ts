import type { TargetPage } from '../page.ts';

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
      text: 'An accept ends only its own chain; chains of other tables at the same hook are still asked.',
      source: {
        title: 'nftables wiki, Configuring chains',
        url: 'https://wiki.nftables.org/wiki-nftables/index.php/Configuring_chains',
      },
    },
    {
      text: 'The packaged service empties all tables when it starts or reloads; the unit beside it follows it.',
      source: { title: 'nft(8)', url: 'https://manpages.debian.org/bookworm/nftables/nft.8.en.html' },
    },
  ],
};
