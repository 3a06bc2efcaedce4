import { file, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

export const dockerUserPage: TargetPage = {
  id: 'docker-user',
  title: 'DOCKER-USER',
  summary: "Rules for a container's published port, in the chain that its packets pass through.",
  does: [
    ...says(
      test('e2e/server/tools/docker-user.test.ts'),
      'Accepts new connections from the clients to the published port and drops all others to it.',
      "Matches the host's address and port, which connection tracking keeps after translation.",
    ),
    ...says(
      test('e2e/lab/rollout/docker-host.test.ts'),
      "Drops new connections from other machines to the container's own address, which Docker before version 28 forwards.",
    ),
  ],
  doesNot: [
    ...says(file('app/core/bundle/firewall/docker-user.ts'), 'Filter traffic between containers.'),
    ...says(
      vendor('Docker Engine 28, release notes', 'https://docs.docker.com/engine/release-notes/28/'),
      'Recognize bridges with a custom name (com.docker.network.bridge.name): Docker before version 28 forwards direct packets to containers there.',
    ),
  ],
  undo: says(
    test('e2e/lab/rollout/docker-host.test.ts'),
    'sudo bash database-server/apply.sh --undo; for the firewall alone: sudo bash database-server/firewall/docker-user-undo.sh',
  ),
  pitfalls: says(
    vendor(
      'Docker, Packet filtering and firewalls',
      'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
    ),
    "Rules of ufw and of the INPUT chain don't apply to published ports.",
  ),
};
