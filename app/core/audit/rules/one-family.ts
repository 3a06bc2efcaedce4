import { mayDecide } from '../../hba-analysis/reachability.ts';
import { isLoopback, networkOf } from '../../postgres/hba/network.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import { atRecord, type HbaRule } from '../rule.ts';

/**
 * Some client of the family, from another machine, may match the record; the files do not tell which addresses a name
 * has.
 */
function mayMatch(record: HbaRecord, family: 4 | 6): boolean {
  const { address } = record;
  if (address?.kind === 'network') return address.address.family === family && !isLoopback(record);
  return address !== null && address.kind !== 'samehost';
}

export const oneFamily: HbaRule = {
  id: 'one-family',
  severity: 'info',
  title: 'Only one IP version is covered',
  why: 'Many clients try IPv6 first. If a host name has both IPv4 and IPv6 addresses and the file covers only one, allowed clients are rejected, and the error message shows an unexpected address.',
  wrong: 'hostssl all all 0.0.0.0/0 scram-sha-256',
  right: 'hostssl all all 203.0.113.0/24 scram-sha-256\nhostssl all all 2001:db8:1::/48 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba, reach }) {
    const reached = reach();
    const covered = {
      4: hba.records.some(({ record }) => mayMatch(record, 4)),
      6: hba.records.some(({ record }) => mayMatch(record, 6)),
    };
    for (const [index, placed] of hba.records.entries()) {
      const known = networkOf(placed.record.address);
      if (known?.length !== 0 || placed.record.method === 'reject' || !mayDecide(reached[index])) continue;
      const other = known.family === 4 ? 6 : 4;
      if (!covered[other])
        yield atRecord(
          placed,
          `Every IPv${known.family} address is allowed to attempt a login, but no rule covers IPv${other} except on loopback.`,
        );
    }
  },
};
