import { addressText, prefixText } from '../../net/prefix.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import { fixesOf } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const hostBitsSet: HbaRule = {
  id: 'host-bits-set',
  severity: 'low',
  title: 'Host bits set in a network address',
  why: 'PostgreSQL compares only the bits that the prefix length covers. An address with host bits set looks like a single host but matches a whole network.',
  wrong: 'hostssl all all 10.1.2.3/8 scram-sha-256',
  right: 'hostssl all all 10.1.2.3/32 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records) {
      const { address } = placed.record;
      const known = networkOf(address);
      if (address?.kind !== 'network' || !known || known.bits === address.address.bits) continue;
      yield atRecord(
        placed,
        `${addressText(address.address)}/${known.length} matches all of ${prefixText(known)}.`,
        ...fixesOf(recordText(hba, placed, { address: prefixText(known) }), `Change to ${prefixText(known)}`, {
          kind: 'same',
        }),
      );
    }
  },
};
