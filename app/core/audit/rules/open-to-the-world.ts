import { mayDecide } from '../../hba-analysis/reachability.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const openToTheWorld: HbaRule = {
  id: 'open-to-the-world',
  severity: 'high',
  title: 'Open to the whole internet',
  why: 'A rule for every address leaves only the firewall and the password between the internet and the data. Bots guess passwords around the clock on every port 5432 that answers.',
  wrong: 'hostssl all all 0.0.0.0/0 scram-sha-256',
  right: 'hostssl all all 203.0.113.0/24 scram-sha-256',
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
      const { address, method } = placed.record;
      if (address === null || method === 'reject' || !mayDecide(reached[index])) continue;
      const known = networkOf(address);
      if (address.kind === 'all' || known?.length === 0)
        yield atRecord(placed, `This rule matches every ${known ? `IPv${known.family} ` : ''}address.`);
    }
  },
};
