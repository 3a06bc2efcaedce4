import { contains } from '../../net/prefix.ts';
import { networkOf, sourceText } from '../../postgres/hba/network.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const broadAboveNarrow: HbaRule = {
  id: 'broad-above-narrow',
  severity: 'info',
  title: 'A broad rule above a narrower one with a different method',
  why: 'The first matching rule decides. A broad rule above a narrower rule for the same network handles some of its connections, and the narrower rule applies only to the rest.',
  wrong: 'host all app 10.0.0.0/8 scram-sha-256\nhost all all 10.1.0.0/16 md5',
  right: 'host all all 10.1.0.0/16 md5\nhost all app 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  near: true,
  *check({ hba, reach, overlaps }) {
    const reached = reach();
    const records = overlaps();
    for (const [index, placed] of hba.records.entries()) {
      const own = networkOf(placed.record.address);
      if (!own || reached[index]?.status !== 'live' || placed.record.method === 'reject') continue;
      const above = records.above(index, ({ record }) => {
        const outer = networkOf(record.address);
        return (
          outer !== undefined &&
          outer.length < own.length &&
          record.method !== 'reject' &&
          record.method !== placed.record.method &&
          contains(outer, own)
        );
      });
      if (above)
        yield atRecord(
          placed,
          `Line ${above.line} covers ${sourceText(above.record)}, which includes ${sourceText(placed.record)}, and requires ${above.record.method} from some of the same connections first.`,
        );
    }
  },
};
