import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHba } from '../postgres/hba/hba.ts';
import { filesToTry, patience } from '../testing/files.ts';
import { hbaText } from '../testing/hba-arbitrary.ts';
import { decide } from './decide.ts';
import { ReachabilityCache } from './incremental.ts';
import { type RecordReach, reachability } from './reachability.ts';
import '../testing/seed.ts';

const words = (name: string, ...others: string[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.nat(4).map((number) => `${name}${number}`) }, fc.constantFrom(...others));

/** Text in which most edits change the mentioned names that a regular expression matches. */
const manyNames: fc.Arbitrary<string> = fc
  .array(
    fc
      .tuple(
        fc.constantFrom('host', 'hostssl', 'hostnossl'),
        words('d', 'all', 'sameuser', '/^d[1-3]$', '/[02]$', 'other'),
        words('u', 'all', '+u1', '/^u[1-3]$', '/[^0-9]$', 'someone'),
        fc.constantFrom('all', '10.0.0.0/8', '10.1.0.0/16', '10.2.0.0/16', 'fd00::/8'),
        fc.constantFrom('md5', 'reject'),
      )
      .map((fields) => fields.join(' ')),
    { minLength: 1, maxLength: 20 },
  )
  .map((lines) => `${lines.join('\n')}\n`);

const files: Readonly<Record<string, { readonly text: fc.Arbitrary<string>; readonly major: number }>> = {
  'names, networks and kinds': {
    text: hbaText({ records: 14, lookups: false, expressions: false }),
    major: 15,
  },
  'with host names, samehost and samenet': {
    text: hbaText({ records: 14, lookups: true, expressions: false }),
    major: 18,
  },
  'with regular expressions': { text: hbaText({ records: 10, lookups: false, expressions: true }), major: 16 },
  'with regular expressions and many names': { text: manyNames, major: 18 },
};

interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly string[];
}

const comment = '# access of the team';
const edits = (text: fc.Arbitrary<string>): fc.Arbitrary<readonly Edit[]> =>
  fc.array(
    fc.record({
      at: fc.nat(20),
      removed: fc.nat(2),
      added: fc
        .tuple(text, fc.nat(2), fc.boolean())
        .map(([added, count, commented]) => [
          ...(commented ? [comment] : []),
          ...added.trimEnd().split('\n').slice(0, count),
        ]),
    }),
    { minLength: 1, maxLength: 4 },
  );

const withoutWitness = (reach: RecordReach) => (reach.status === 'live' ? { ...reach, witness: undefined } : reach);

describe('after each edit, the cache returns the same result as reachability', () => {
  test.each(Object.entries(files))('%s', patience, (_, { text: anyText, major }) => {
    let reused = 0;
    fc.assert(
      fc.property(anyText, edits(anyText), fc.boolean(), (text, all, ssl) => {
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
      filesToTry(900, Object.keys(files).length),
    );
    // Proves that results are reused.
    expect(reused).toBeGreaterThan(100);
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

describe('a rule whose result depends on names that an edit of another rule adds', () => {
  test.each([
    [
      'a name that its regular expression matches',
      'host all u1 all md5\nhost all /^u[12]$ all md5\n',
      'local all u2 peer\n',
      ['unknown', 'live'],
    ],
    [
      'the name that represents the unmentioned ones',
      'host all /[^0-9]$ all md5\nhost all all all md5\n',
      'local other all peer\n',
      ['unknown', 'live'],
    ],
    [
      'an expression with a back reference',
      'host other other all md5\n',
      'host /(1)\\1 u0 all md5\n',
      ['live', 'unknown'],
    ],
  ])('%s', (_, records, added, [before, after]) => {
    const cache = new ReachabilityCache();
    expect(cache.reach(parseHba(records, { major: 18 }), {}).at(-1)?.status).toBe(before);
    const edited = parseHba(added + records, { major: 18 });
    expect(reachability(edited).at(-1)?.status).toBe(after);
    expect(cache.reach(edited, {}).map(withoutWitness)).toEqual(reachability(edited).map(withoutWitness));
  });

  test('an unchanged rule above mentions the name', () => {
    const records = 'local all u2 peer\nhost all u1 all md5\nhost all /^u[12]$ all md5\n';
    const cache = new ReachabilityCache();
    cache.reach(parseHba(`host all u1 10.0.0.0/8 trust\n${records}`, { major: 18 }), {});
    expect(cache.reach(parseHba(`host all u1 10.1.0.0/16 trust\n${records}`, { major: 18 }), {}).at(-1)?.status).toBe(
      'live',
    );
  });
});
