import { addressText } from '../../net/prefix.ts';
import { lineAt } from '../../postgres/hba/hba.ts';
import { writtenField } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

/** Somewhere in the line a number begins with 0, or has fewer than four parts: few lines, so that few are taken apart. */
const SUSPECT = /(?:^|[\s",.])0[0-9xX]|(?:^|[\s",])\d+(?:\.\d+){0,2}\.?(?:[/\s",]|$)/;

export const octalOctet: HbaRule = {
  id: 'octal-octet',
  severity: 'warning',
  title: 'A leading zero makes a number octal',
  why: 'PostgreSQL reads addresses with the C library, for which 010 is 8. The record is about other machines than it seems.',
  wrong: 'hostssl all all 010.0.0.1/32 scram-sha-256',
  right: 'hostssl all all 10.0.0.1/32 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    for (const placed of hba.records) {
      const { address } = placed.record;
      if (address?.kind !== 'network' || address.address.family !== 4) continue;
      if (placed.file !== undefined || !SUSPECT.test(lineAt(hba, placed.line)?.raw ?? '')) continue;
      const written = writtenField(hba, placed, 3);
      const dotted = written?.split('/')[0]?.split('.') ?? [];
      const odd = dotted.length !== 4 || dotted.some((part) => !/^(?:0|[1-9][0-9]*)$/.test(part));
      if (written !== undefined && odd)
        yield atRecord(placed, `The server reads ${written.split('/')[0]} as ${addressText(address.address)}.`);
    }
  },
};
