import { mayDecide } from '../../hba-analysis/reachability.ts';
import { networkOf, sourceText } from '../../postgres/hba/network.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const wideSource: HbaRule = {
  id: 'wide-source',
  severity: 'medium',
  title: 'Source network is very large',
  why: 'A network of this size is larger than almost any organization has. Every address in it can attempt to log in.',
  wrong: 'hostssl all all 16.0.0.0/6 scram-sha-256',
  right: 'hostssl all all 16.1.2.0/24 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  near: true,
  *check({ hba, reach }) {
    const reached = reach();
    for (const [index, placed] of hba.records.entries()) {
      const known = networkOf(placed.record.address);
      if (!known || known.length === 0 || placed.record.method === 'reject' || !mayDecide(reached[index])) continue;
      if (known.length < (known.family === 4 ? 8 : 16))
        yield atRecord(
          placed,
          `${sourceText(placed.record)} contains more addresses than any single network usually has.`,
        );
    }
  },
};
