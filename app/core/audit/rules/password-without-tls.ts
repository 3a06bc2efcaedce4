import { mayDecide } from '../../hba-analysis/reachability.ts';
import { isLoopback, sourceText } from '../../postgres/hba/network.ts';
import { asksForSecret } from '../../postgres/hba/record.ts';
import { fixesOf } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const passwordWithoutTls: HbaRule = {
  id: 'password-without-tls',
  severity: 'high',
  title: 'Password authentication without TLS',
  why: 'Rules of type host and hostnossl also match connections without TLS. The login and all data can then be read and modified on the network, and sslmode=prefer, the default of most clients, falls back to an unencrypted connection without a warning.',
  wrong: 'host all all 10.0.0.0/8 scram-sha-256',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, Secure TCP/IP Connections with SSL',
      url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
    },
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  near: true,
  *check({ hba, reach }) {
    const reached = reach();
    for (const [index, placed] of hba.records.entries()) {
      const { type, method } = placed.record;
      if (!asksForSecret.has(method) || isLoopback(placed.record) || !mayDecide(reached[index])) continue;
      if (type !== 'host' && type !== 'hostnossl' && type !== 'hostnogssenc') continue;
      const edit = type === 'host' ? recordText(hba, placed, { type: 'hostssl' }) : undefined;
      yield atRecord(
        placed,
        `Clients from ${sourceText(placed.record)} can log in with a password over an unencrypted connection.`,
        ...fixesOf(edit, 'Require TLS', { kind: 'stricter' }),
      );
    }
  },
};
