import { addressText } from '../../net/prefix.ts';
import { lineAt } from '../../postgres/hba/hba.ts';
import { writtenField } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

/**
 * Somewhere in the line a number begins with 0 or an address has fewer than four parts: few lines match, so few are
 * parsed.
 */
const SUSPECT = /[\s",.]0[0-9xX]|[\s",]\d+(?:\.\d+){0,2}[/\s"]/;

export const octalOctet: HbaRule = {
  id: 'octal-octet',
  severity: 'medium',
  title: 'Leading zero makes a number octal',
  why: 'PostgreSQL parses addresses with the C library, which reads 010 as 8. The rule applies to other hosts than it appears to.',
  wrong: 'hostssl all all 010.0.0.1/32 scram-sha-256',
  right: 'hostssl all all 10.0.0.1/32 scram-sha-256',
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
      if (address?.kind !== 'network' || address.address.family !== 4) continue;
      if (!SUSPECT.test(lineAt(hba, placed.line)?.raw ?? '')) continue;
      const written = writtenField(hba, placed, 3);
      const dotted = written?.split('/')[0]?.split('.') ?? [];
      const odd = dotted.length !== 4 || dotted.some((part) => part.length > 1 && part.startsWith('0'));
      if (written !== undefined && odd)
        yield atRecord(placed, `PostgreSQL reads ${written.split('/')[0]} as ${addressText(address.address)}.`);
    }
  },
};
