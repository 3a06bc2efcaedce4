import { width } from '../../net/prefix.ts';
import { networkOf, sourceText } from '../../postgres/hba/network.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const nobodysAddress: HbaRule = {
  id: 'nobodys-address',
  severity: 'medium',
  title: 'An address no client has',
  why: '0.0.0.0 or :: with a full prefix length matches a single address that no client can have. It is nearly always a mistake for /0, which matches everyone and is rarely what you want either.',
  wrong: 'hostssl all all 0.0.0.0/32 scram-sha-256',
  right: 'hostssl all all 203.0.113.0/24 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records) {
      const known = networkOf(placed.record.address);
      if (known?.bits === 0n && known.length === width(known.family))
        yield atRecord(
          placed,
          `${sourceText(placed.record)} is not the address of any client, so this rule matches nobody. To match everyone, the prefix length is /0.`,
        );
    }
  },
};
