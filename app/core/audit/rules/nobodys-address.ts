import { width } from '../../net/prefix.ts';
import { networkOf, sourceText } from '../../postgres/hba/network.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const nobodysAddress: HbaRule = {
  id: 'nobodys-address',
  severity: 'warning',
  title: 'An address that no client has',
  why: 'The address 0.0.0.0 or :: with a full prefix matches the one address that nobody can have. It is nearly always meant to be /0, everybody, which is hardly what one wants either.',
  wrong: 'hostssl all all 0.0.0.0/32 scram-sha-256',
  right: 'hostssl all all 203.0.113.0/24 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    for (const placed of hba.records) {
      const known = networkOf(placed.record.address);
      if (known?.bits === 0n && known.length === width(known.family))
        yield atRecord(
          placed,
          `${sourceText(placed.record)} is nobody’s address, so this record matches no client. If it is meant to be everybody, that is /0.`,
        );
    }
  },
};
