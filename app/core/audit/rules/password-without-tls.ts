import { mayDecide } from '../../access/reach/reachability.ts';
import { isLoopback, sourceText } from '../../postgres/hba/network.ts';
import { asksForSecret } from '../../postgres/hba/record.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const passwordWithoutTls: HbaRule = {
  id: 'password-without-tls',
  severity: 'warning',
  title: 'A password is asked for where nothing encrypts',
  why: 'Records of type host and hostnossl match connections without TLS too. The exchange, and every row after it, can then be read and changed on the way, and sslmode=prefer, the default of most clients, falls back to it without a word.',
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
  *check({ hba, reach }) {
    const reached = reach();
    for (const [index, placed] of hba.records.entries()) {
      const { type, method } = placed.record;
      if (!asksForSecret.has(method) || isLoopback(placed.record) || !mayDecide(reached[index])) continue;
      if (type !== 'host' && type !== 'hostnossl' && type !== 'hostnogssenc') continue;
      const edit = type === 'host' ? recordText(hba, placed, { type: 'hostssl' }) : undefined;
      yield atRecord(
        placed,
        `Clients from ${sourceText(placed.record)} may log in with a password over connections that nothing encrypts.`,
        edit && { title: 'Take TLS connections only', file: 'pg_hba.conf', edits: [edit] },
      );
    }
  },
};
