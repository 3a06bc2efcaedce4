import { file, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const haproxyLab = test('e2e/lab/haproxy.test.ts');

export const haproxyPage: TargetPage = {
  id: 'haproxy',
  title: 'HAProxy on the bastion',
  summary: "The bastion forwards traffic from specified networks to PostgreSQL, and can't read it.",
  does: says(
    haproxyLab,
    'TLS, passwords and client certificates pass end to end from the client to PostgreSQL.',
    'Connections from networks that no client in the plan has are closed before any data is read.',
  ),
  doesNot: [
    ...says(haproxyLab, "Pass the client's address to PostgreSQL: it sees the bastion's address."),
    ...says(
      file('app/core/bundle/proxy/haproxy.ts'),
      "Restrict a role to its network: HAProxy doesn't read the role.",
      "Check the server's health: with a single server the result would change nothing.",
    ),
  ],
  undo: says(test('e2e/server/tools/proxy-install.test.ts'), 'sudo bash bastion/haproxy-undo.sh'),
  pitfalls: says(
    manual('auth-pg-hba-conf', 'The pg_hba.conf File'),
    'pg_hba.conf must contain the address of the machine that opens the connection; the first matching record decides.',
  ),
};
