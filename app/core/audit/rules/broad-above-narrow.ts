import { contains } from '../../net/prefix.ts';
import { networkOf, sourceText } from '../../postgres/hba/network.ts';
import { Near } from '../names-meet.ts';
import { atRecord, type HbaRule } from '../rule.ts';

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
    const near = new Near(hba);
    const networks = hba.records.map(({ record }) => networkOf(record.address));
    for (const [index, placed] of hba.records.entries()) {
      const own = networks[index];
      if (!own || reached[index]?.status !== 'live' || placed.record.method === 'reject') continue;
      const above = near.above(index, ({ record }, other) => {
        const outer = networks[other];
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
          `Line ${above.line} is about ${sourceText(above.record)}, which holds ${sourceText(placed.record)}, and asks some of the same connections for ${above.record.method} first.`,
        );
    }
  },
};
