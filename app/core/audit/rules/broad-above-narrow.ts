import { contains } from '../../net/prefix.ts';
import { networkOf, sourceText } from '../../postgres/hba/network.ts';
import { namesMeet } from '../names-meet.ts';

import { atRecord, type HbaRule } from '../rule.ts';

/** Records further up than this are not looked at, so that long files stay fast. */
const NEAR = 200;

export const broadAboveNarrow: HbaRule = {
  id: 'broad-above-narrow',
  severity: 'notice',
  title: 'A broad record above a narrower one with another method',
  why: 'The first match decides. A broad record that stands above a narrower one for the same network takes some of its connections, and the narrower one decides only about the rest.',
  wrong: 'host all app 10.0.0.0/8 scram-sha-256\nhost all all 10.1.0.0/16 md5',
  right: 'host all all 10.1.0.0/16 md5\nhost all app 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba, reach }) {
    const reached = reach();
    for (const [index, placed] of hba.records.entries()) {
      const own = networkOf(placed.record.address);
      if (!own || reached[index]?.status !== 'live' || placed.record.method === 'reject') continue;
      const above = hba.records.slice(Math.max(0, index - NEAR), index).find(({ record }) => {
        const outer = networkOf(record.address);
        return (
          outer !== undefined &&
          outer.length < own.length &&
          contains(outer, own) &&
          record.method !== 'reject' &&
          record.method !== placed.record.method &&
          namesMeet(record, placed.record)
        );
      });
      if (above)
        yield atRecord(
          placed,
          `Line ${above.line} is about ${sourceText(above.record)}, which holds ${sourceText(placed.record)}, and asks some of the same connections for ${above.record.method} first.`,
        );
    }
  },
};
