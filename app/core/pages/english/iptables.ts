import type { TargetPage } from '../page.ts';

export const iptablesPage: TargetPage = {
  id: 'iptables',
  title: 'iptables and ip6tables',
  summary: 'A chain of its own for the PostgreSQL port, in both packet filters of Linux.',
  does: [
    'The chain is filled in one step: packets meet the old rules or the new ones.',
    'It stands first in INPUT, accepts SSH of the administrators and the clients of the plan, and drops the rest at the PostgreSQL port.',
    'Where the port faces the internet, new connections of one address can be limited.',
  ],
  doesNot: [
    'Touch a policy or any other port.',
    'Filter what Docker publishes: docker-user.sh does.',
    'Survive a restart by itself: the unit beside it puts the rules back.',
  ],
  undo: [
    'sudo bash database-server/firewall/iptables-undo.sh',
    'sudo systemctl disable --now postern-iptables.service, and delete it',
  ],
  pitfalls: [
    {
      text: 'ufw, firewalld and nftables write rules of their own; a packet has to pass all of them.',
      source: {
        title: 'nftables wiki, Configuring chains',
        url: 'https://wiki.nftables.org/wiki-nftables/index.php/Configuring_chains',
      },
    },
    {
      text: 'The limit counts by source address, and an address of IPv6 by its /64, because a client may take any address in its own.',
      source: {
        title: 'iptables-extensions(8), hashlimit',
        url: 'https://manpages.debian.org/bookworm/iptables/iptables-extensions.8.en.html',
      },
    },
  ],
};
