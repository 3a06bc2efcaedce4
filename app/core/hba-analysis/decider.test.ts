import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHba } from '../postgres/hba/hba.ts';
import { hbaText } from '../testing/hba-arbitrary.ts';
import { Cells } from '../testing/hba-cells.ts';
import { decide } from './decide.ts';
import { decider } from './decider.ts';
import '../testing/seed.ts';

describe('decider finds the same record as decide', () => {
  test.each([
    ['15', { records: 30, lookups: true, expressions: false }],
    ['16', { records: 30, lookups: true, expressions: true }],
  ] as const)('on files of PostgreSQL %s', (major, shape) => {
    const cells = new Cells(shape, Number(major));
    fc.assert(
      fc.property(
        hbaText(shape),
        fc.array(fc.nat(cells.count - 1), { minLength: 50, maxLength: 50 }),
        (text, chosen) => {
          const hba = parseHba(text, { major: Number(major) });
          const fast = decider(hba);
          for (const cell of chosen) {
            const connection = cells.connection(cell);
            const decision = decide(hba, connection);
            expect(fast(connection)?.line).toBe(decision.outcome === 'record' ? decision.line : undefined);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a text that is not an IP address matches records with the address all', () => {
    const hba = parseHba('host all all 10.0.0.0/8 md5\nhost all all all trust\n', { major: 18 });
    const connection = {
      transport: 'tcp',
      encryption: 'none',
      address: '',
      database: 'a',
      user: 'a',
      roles: [],
    } as const;
    expect(decider(hba)({ ...connection, replication: false })).toBe(hba.records[1]);
  });
});
