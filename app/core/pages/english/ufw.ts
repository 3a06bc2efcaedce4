import { file, man, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const docker = vendor(
  'Docker, Packet filtering and firewalls',
  'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
);
const ufwManual = man('ufw(8)', 'https://manpages.debian.org/bookworm/ufw/ufw.8.en.html');

export const ufwPage: TargetPage = {
  id: 'ufw',
  title: 'ufw',
  summary:
    'Rules for the ports of the plan, as plain ufw commands: PostgreSQL, and the proxy or tunnel of other machines.',
  does: [
    ...says(
      test('e2e/server/tools/ufw.packets.test.ts'),
      'SSH for administrators, and for the session in which it runs, is allowed before anything is denied.',
      "PostgreSQL is open for the clients' networks, to the addresses that they use, in both families, and denied for everyone else.",
    ),
    ...says(
      file('app/core/bundle/firewall/ufw.ts'),
      'On a gateway where ufw was off, its other rules still decide about forwarding.',
      'When you run it again after the plan changed, it removes its own earlier rules. It replaces another rule for exactly the same network, address and port, and ufw-undo.sh restores it.',
    ),
  ],
  doesNot: [
    ...says(
      docker,
      'Filter ports that Docker publishes: those packets never pass through the ufw chains. docker-user.sh does.',
    ),
    ...says(
      test('e2e/server/tools/rate-limit.test.ts'),
      'Limit many connections from one address; a separate table does that if the plan has a limit.',
    ),
    ...says(
      ufwManual,
      'Open any port other than SSH and those of the plan: ufw denies the others as soon as it is enabled.',
    ),
    ...says(
      test('app/core/bundle/firewall/firewall.test.ts'),
      'Restrict SSH on a replica, bastion or gateway: where ufw was off there, SSH stays open to everyone.',
    ),
  ],
  undo: says(
    test('e2e/lab/rollout/firewall.test.ts'),
    'sudo bash database-server/apply.sh --undo; for the firewall alone: sudo bash database-server/firewall/ufw-undo.sh',
  ),
  pitfalls: [
    ...says(
      ufwManual,
      'The first matching rule decides, so an older "allow 5432" above a deny rule keeps the port open.',
    ),
    ...says(docker, 'Published container ports are routed before ufw sees them.'),
  ],
};
