import { isLoopback, networkOf } from '../../postgres/hba/network.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const oneFamily: HbaRule = {
  id: 'one-family',
  severity: 'notice',
  title: 'One IP family is open, the other forgotten',
  why: 'Many clients try IPv6 first. Where a name has addresses of both families and the file knows one, they are refused although they may come, and the message shows an address that nobody expects.',
  wrong: 'hostssl all all 0.0.0.0/0 scram-sha-256',
  right: 'hostssl all all 203.0.113.0/24 scram-sha-256\nhostssl all all 2001:db8:1::/48 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    for (const family of [4, 6] as const) {
      const other = family === 4 ? 6 : 4;
      const open = hba.records.filter(
        ({ record }) => networkOf(record.address)?.length === 0 && networkOf(record.address)?.family === family,
      );
      for (const placed of open) {
        if (placed.record.method === 'reject') continue;
        const covered = hba.records.some(
          ({ record }) =>
            record.address?.kind === 'all' || (networkOf(record.address)?.family === other && !isLoopback(record)),
        );
        if (!covered)
          yield atRecord(
            placed,
            `Every IPv${family} address may try, and no record is about IPv${other} beyond loopback.`,
          );
      }
    }
  },
};
