import { overlap } from '../../net/prefix.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import { Near } from '../names-meet.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const allowedBeforeReject: HbaRule = {
  id: 'allowed-before-reject',
  severity: 'warning',
  title: 'A reject below that some get past',
  why: 'A record above lets in connections that this reject would refuse. That may be meant as an exception; if not, move the reject up.',
  wrong: 'host all all 10.0.0.0/8 scram-sha-256\nhost all app all reject',
  right: 'host all app all reject\nhost all all 10.0.0.0/8 scram-sha-256',
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
      const { method, databases, users } = placed.record;
      if (method !== 'reject' || reached[index]?.status !== 'live') continue;
      // A reject for everybody is the usual end of a file, and all records above are meant as its exceptions.
      if ([databases, users].every((tokens) => tokens.some(({ text, quoted }) => text === 'all' && !quoted))) continue;
      const above = near.above(index, ({ record }, other) => {
        if (record.method === 'reject' || (record.address === null) !== (placed.record.address === null)) return false;
        const [outer, own] = [networks[other], networks[index]];
        return !outer || !own || overlap(outer, own);
      });
      if (above) yield atRecord(placed, `Line ${above.line} lets in some of those whom this record is to refuse.`);
    }
  },
};
