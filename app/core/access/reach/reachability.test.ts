import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hba, parseHba } from '../../postgres/hba/hba.ts';
import { filesToTry, patience } from '../../testing/files.ts';
import { type HbaShape, hbaText } from '../../testing/hba-arbitrary.ts';
import { Cells } from '../../testing/hba-cells.ts';
import { decide } from '../decide.ts';
import { reachability } from './reachability.ts';
import '../../testing/seed.ts';

const shapes: Readonly<Record<string, HbaShape & { readonly major: number }>> = {
  'names, networks and kinds': { records: 12, lookups: false, expressions: false, major: 15 },
  'host names and own addresses too': { records: 12, lookups: true, expressions: false, major: 15 },
  'regular expressions too': { records: 12, lookups: false, expressions: true, major: 16 },
};

describe('reachability says of each record what trying every connection shows', () => {
  test.each(Object.entries(shapes))('%s', patience, (_, { major, ...shape }) => {
    const cells = new Cells(shape, major);
    const exact = !shape.lookups && !shape.expressions;
    const encryption = Array.from({ length: cells.count }, (_, cell) => cells.connection(cell).encryption);
    fc.assert(
      fc.property(hbaText(shape), fc.boolean(), fc.boolean(), (text, ssl, gss) => {
        const hba = parseHba(text, { major });
        if (hba.refused.length > 0) throw new Error('a file of refused lines proves nothing');
        // What the server cannot have, nobody can come with.
        const can = { none: true, tls: ssl, gss };
        const caughtBy = (records: Hba['records']) =>
          new Set(cells.caught({ ...hba, records }).filter((_, cell) => can[encryption[cell] ?? 'none']));
        const caught = caughtBy(hba.records);
        for (const [index, reach] of reachability(hba, { ssl, gss }).entries()) {
          const about = `${reach.status} record ${index + 1}`;
          if (reach.status === 'live') {
            const decision = decide(hba, reach.witness);
            expect(can[reach.witness.encryption]).toBe(true);
            expect([about, decision.outcome === 'record' && decision.line]).toEqual([about, reach.line]);
          } else if (reach.status === 'dead') {
            const cover = new Set(reach.by.map(({ line }) => line));
            const only = hba.records.filter(({ line }) => line === reach.line || cover.has(line));
            expect([about, caughtBy(only).has(only.length - 1)]).toEqual([about, false]);
          }
          if (caught.has(index)) expect(about).not.toBe(`dead record ${index + 1}`);
          else if (exact) {
            const { type } = hba.records[index]?.record ?? {};
            const never = (type === 'hostssl' && !ssl) || (type === 'hostgssenc' && !gss);
            expect(about).toBe(`${never ? 'unmatchable' : 'dead'} record ${index + 1}`);
          }
        }
      }),
      filesToTry(900, Object.keys(shapes).length),
    );
  });
});

test('a mask with too many holes to count leaves its records unknown, never dead', () => {
  const hba = parseHba('host all all 10.0.0.1 85.85.85.85 trust\nhost all all 10.0.0.1 85.85.85.85 md5\n', {
    major: 18,
  });
  expect(reachability(hba).map(({ status }) => status)).toEqual(['unknown', 'dead']);
  const below = parseHba('host all all all reject\nhost all all 10.0.0.1 85.85.85.85 trust\n', { major: 18 });
  expect(reachability(below).map(({ status }) => status)).toEqual(['live', 'dead']);
});
