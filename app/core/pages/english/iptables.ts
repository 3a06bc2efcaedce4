import { file, man, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const ours = file('app/core/bundle/firewall/iptables.ts');

export const iptablesPage: TargetPage = {
  id: 'iptables',
  title: 'iptables and ip6tables',
  summary: 'A dedicated chain for the PostgreSQL port, in the IPv4 and IPv6 packet filters of Linux.',
  does: [
    ...says(ours, 'The chain is filled in one step: a packet is checked against either the old rules or the new ones.'),
    ...says(
      test('e2e/server/tools/iptables.packets.test.ts'),
      "It comes first in INPUT, accepts administrators' SSH and the plan's clients, and drops the rest at the PostgreSQL port.",
    ),
    ...says(
      test('app/core/bundle/firewall/firewall.test.ts'),
      'If the port faces the internet, new connections from one address can be limited.',
    ),
  ],
  doesNot: [
    ...says(
      test('e2e/lab/rollout/undo.test.ts'),
      'Change the policy of a chain, or filter any port other than SSH and those of the plan.',
    ),
    ...says(
      vendor(
        'Docker, Packet filtering and firewalls',
        'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      ),
      'Filter ports that Docker publishes: docker-user.sh does.',
    ),
    ...says(ours, 'Persist across a restart by itself: the accompanying unit restores the rules.'),
  ],
  undo: [
    ...says(
      test('e2e/lab/rollout/firewall.test.ts'),
      'sudo bash database-server/apply.sh --undo; for the firewall alone: sudo bash database-server/firewall/iptables-undo.sh',
    ),
    ...says(ours, 'sudo systemctl disable --now postern-iptables.service, and delete it'),
  ],
  pitfalls: [
    ...says(
      vendor(
        'nftables wiki, Configuring chains',
        'https://wiki.nftables.org/wiki-nftables/index.php/Configuring_chains',
      ),
      'ufw, firewalld and nftables have rules of their own; a packet has to pass all of them.',
    ),
    ...says(
      man(
        'iptables-extensions(8), hashlimit',
        'https://manpages.debian.org/bookworm/iptables/iptables-extensions.8.en.html',
      ),
      'The limit counts by source address, and IPv6 addresses by their /64, because a client can use any address in its own.',
    ),
  ],
};
