import { isLoopback } from '../../net/loopback.ts';
import { contains, overlap } from '../../net/prefix.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import type { Token } from '../../postgres/hba/token.ts';
import { atRecord, type HbaRule } from '../rule.ts';

const isWithin = (inner: readonly Token[], outer: readonly Token[]): boolean =>
  outer.some(({ text, quoted }) => text === 'all' && !quoted) ||
  inner.every((one) => outer.some(({ text, quoted }) => text === one.text && quoted === one.quoted));

/** Every field of a rule is within that of the reject rule, so the author had its connections in mind. */
function isExceptionTo(record: HbaRecord, reject: HbaRecord): boolean {
  const [own, outer] = [networkOf(record.address), networkOf(reject.address)];
  const isNarrower = reject.address?.kind === 'all' || (own && outer ? contains(outer, own) : record.type === 'local');
  return isNarrower && isWithin(record.databases, reject.databases) && isWithin(record.users, reject.users);
}

export const allowedBeforeReject: HbaRule = {
  id: 'allowed-before-reject',
  severity: 'medium',
  title: 'A reject rule that an earlier rule bypasses',
  why: "An earlier rule allows connections that this rule would reject. If that isn't an intended exception, move the reject rule up.",
  wrong: 'host all all 10.0.0.0/8 scram-sha-256\nhost all app all reject',
  right: 'host all app all reject\nhost all all 10.0.0.0/8 scram-sha-256',
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
      const { method, databases, users } = placed.record;
      if (method !== 'reject' || reached[index]?.status !== 'live') continue;
      // A reject for everyone is the usual end of a file, and all records above it are intended exceptions.
      if ([databases, users].every((tokens) => tokens.some(({ text, quoted }) => text === 'all' && !quoted))) continue;
      const above = records.above(index, ({ record }) => {
        if (record.method === 'reject' || isExceptionTo(record, placed.record)) return false;
        const [outer, own] = [networkOf(record.address), networkOf(placed.record.address)];
        // Programs on the server itself are a usual exception, before the superuser is rejected for example.
        if (outer && isLoopback(outer)) return false;
        return !outer || !own || overlap(outer, own);
      });
      if (above)
        yield atRecord(placed, `Line ${above.line} allows some of the connections that this rule is meant to reject.`);
    }
  },
};
