import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHba } from '../postgres/hba/hba.ts';
import { filesToTry, patience } from '../testing/files.ts';
import { type HbaShape, hbaText } from '../testing/hba-arbitrary.ts';
import { decide } from './decide.ts';
import { ReachabilityCache } from './incremental.ts';
import { type RecordReach, reachability } from './reachability.ts';
import '../testing/seed.ts';

const shapes: Readonly<Record<string, HbaShape & { readonly major: number }>> = {
  'names, networks and kinds': { records: 14, lookups: false, expressions: false, major: 15 },
  'with host names, samehost and samenet': { records: 14, lookups: true, expressions: false, major: 18 },
  'with regular expressions': { records: 10, lookups: false, expressions: true, major: 16 },
};

interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly string[];
}

const comment = '# access of the team';
const edits = (shape: HbaShape): fc.Arbitrary<readonly Edit[]> =>
  fc.array(
    fc.record({
      at: fc.nat(20),
      removed: fc.nat(2),
      added: fc
        .tuple(hbaText(shape), fc.nat(2), fc.boolean())
        .map(([text, count, commented]) => [
          ...(commented ? [comment] : []),
          ...text.trimEnd().split('\n').slice(0, count),
        ]),
    }),
    { minLength: 1, maxLength: 4 },
  );

const withoutWitness = (reach: RecordReach) => (reach.status === 'live' ? { ...reach, witness: undefined } : reach);

describe('after each edit, the cache returns the same result as reachability', () => {
  test.each(Object.entries(shapes))('%s', patience, (_, { major, ...shape }) => {
    let reused = 0;
    fc.assert(
      fc.property(hbaText(shape), edits(shape), fc.boolean(), (text, all, ssl) => {
        const lines = text.trimEnd().split('\n');
        const cache = new ReachabilityCache();
        cache.reach(parseHba(text, { major }), { ssl });
        for (const { at, removed, added } of all) {
          lines.splice(at % (lines.length + 1), removed, ...added);
          const edited = parseHba(`${lines.join('\n')}\n`, { major });
          const before = cache.last;
          const reach = cache.reach(edited, { ssl });
          expect(reach.map(withoutWitness)).toEqual(reachability(edited, { ssl }).map(withoutWitness));
          for (const one of reach) {
            if (one.status !== 'live') continue;
            const decision = decide(edited, one.witness);
            expect(decision.outcome === 'record' && decision.line).toBe(one.line);
            if (before.includes(one)) reused++;
          }
        }
      }),
      filesToTry(900, Object.keys(shapes).length),
    );
    // Proves that results are reused. Not for files with regular expressions, which are recomputed as a whole.
    if (!shape.expressions) expect(reused).toBeGreaterThan(100);
  });
});

test('the cover of an unreachable record has the lines after the edit', () => {
  const records = 'host all all 10.0.0.0/8 md5\nhost app app 10.1.0.0/16 trust\n';
  const cache = new ReachabilityCache();
  cache.reach(parseHba(records, { major: 18 }), {});
  const after = parseHba(`# new\nlocal other other peer\n${records}`, { major: 18 });
  expect(cache.reach(after, {})).toMatchObject([
    { status: 'live', line: 2 },
    { status: 'live', line: 3 },
    { status: 'dead', line: 4, by: [{ line: 3 }], differs: { line: 3 } },
  ]);
});

test('other options, another PostgreSQL version and a change of every record recompute the whole file', () => {
  const hba = parseHba('hostssl all all all md5\nlocal all all trust\n', { major: 18 });
  const cache = new ReachabilityCache();
  cache.reach(hba, {});
  expect(cache.reach(hba, { ssl: false })).toEqual(reachability(hba, { ssl: false }));
  const large = parseHba(Array.from({ length: 200 }, (_, at) => `host d${at} all all md5\n`).join(''), { major: 17 });
  expect(cache.reach(large, {})).toEqual(reachability(large));
});
