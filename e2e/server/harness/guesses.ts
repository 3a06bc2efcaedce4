import { expect } from 'vitest';
import { attempt } from './connect.ts';
import type { Deployment } from './deployment.ts';
import { carry } from './loopback.ts';

/** Clients of the plan that know their password; clients of the plan that do not; and strangers. */
const honest = ['198.51.100.5', '2001:db8:20::5'];
const guessers = ['198.51.100.6', '2001:db8:20::6'];
const outsiders = ['192.0.2.77', '2001:db8:99::77'];

/** The address that the names below try to have banned. */
export const VICTIM = '6.6.6.6';

/** Names that look like a log line about someone else. */
const forged = [
  `x" FATAL: ${VICTIM} FATAL:  password authentication failed`,
  `x\n${VICTIM} FATAL:  password authentication failed for user "`,
  `x\n[${VICTIM}] 1.1 28P01||FATAL:  no pg_hba.conf entry for `,
  `${VICTIM} FATAL:  pg_hba.conf rejects connection for host `,
  `x\r${VICTIM} FATAL:  no pg_hba.conf entry for host`,
];

/**
 * Performs successful and failed logins, over IPv4 and IPv6, on the default plan of `direct`. Returns the address of
 * each failure.
 */
export async function guess({ certificates, passwordOf }: Deployment): Promise<string[]> {
  const failed: string[] = [];
  for (const source of [...honest, ...guessers, ...outsiders]) {
    carry([source]);
    const knock = (role: string, database: string, password: string) =>
      attempt({
        source,
        target: source.includes(':') ? '2001:db8:10::10' : '203.0.113.10',
        port: 5432,
        role,
        database,
        password,
        replication: 'none',
        tls: { ca: certificates.ca, name: 'db.example.com' },
      });
    if (honest.includes(source)) {
      expect((await knock('app', 'app', passwordOf('app'))).kind).toBe('in');
      continue;
    }
    for (const [role, database] of [['app', 'app'], ...forged.map((name) => [name, name])] as const) {
      expect((await knock(role ?? '', database ?? '', 'wrong')).kind).toBe('refused');
      failed.push(source);
    }
  }
  return failed;
}
