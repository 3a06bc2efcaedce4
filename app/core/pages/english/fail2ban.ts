import { file, man, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const bans = test('e2e/lab/fail2ban.test.ts');
const fail2banClient = man(
  'fail2ban-client(1)',
  'https://manpages.debian.org/stable/fail2ban/fail2ban-client.1.en.html',
);

export const fail2banPage: TargetPage = {
  id: 'fail2ban',
  title: 'fail2ban',
  summary: 'Bans an address from the PostgreSQL port for a time after too many failed or rejected logins.',
  does: [
    ...says(
      test('e2e/server/tools/fail2ban.test.ts'),
      "Finds the address through log_line_prefix, over IPv4 and IPv6, in Debian's log file or the journal.",
    ),
    ...says(
      test('e2e/server/tools/journal.test.ts'),
      "In the journal, trusts only entries of the server's unit, whatever name other processes log under.",
    ),
    ...says(
      bans,
      'Never bans the server itself, a bastion that many people connect through, a replica, or an administrator whose own address is in the plan.',
    ),
  ],
  doesNot: [
    ...says(
      man('jail.conf(5)', 'https://manpages.debian.org/bookworm/fail2ban/jail.conf.5.en.html'),
      'Stop guesses that come from many addresses: long passwords, certificates and closed networks do.',
    ),
    ...says(bans, 'Detect failures behind a bastion or proxy, where PostgreSQL sees one address for everyone.'),
    ...says(file('app/core/bundle/monitoring/jail.ts'), 'Protect the replicas: set it up there manually.'),
    ...says(
      file('app/core/bundle/monitoring/log.ts'),
      'Follow a log file whose name changes daily, as in packages of the RHEL family.',
    ),
  ],
  undo: says(
    fail2banClient,
    'Remove both postern-postgresql.conf under /etc/fail2ban and restart fail2ban, which lifts its bans when it stops.',
    'Lift one ban: fail2ban-client set postern-postgresql unbanip ADDRESS.',
  ),
  pitfalls: [
    ...says(
      fail2banClient,
      'Tests that make logins fail count as failures: verify.sh says how many it causes and pauses in time. For longer tests, exempt the address with fail2ban-client set postern-postgresql addignoreip ADDRESS, and end that with delignoreip ten minutes after the last test.',
    ),
    ...says(
      manual('runtime-config-logging', 'Error Reporting and Logging'),
      "log_line_prefix determines what a line contains: %h is the client's address, %u and %d are the user and database names that it gave.",
    ),
    ...says(
      man('journald.conf(5)', 'https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html'),
      'The journal drops entries of a service that writes too many: see RateLimitIntervalSec and RateLimitBurst.',
    ),
  ],
};
