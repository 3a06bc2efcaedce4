import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../net/prefix.ts';
import { setOf } from '../net/set.ts';
import { type Hba, parseHba } from '../postgres/hba/hba.ts';
import { filesToTry, patience } from '../testing/files.ts';
import { type HbaShape, hbaText } from '../testing/hba-arbitrary.ts';
import { Cells } from '../testing/hba-cells.ts';
import { checkAssertion } from './assertions.ts';
import { placeRecord } from './placement.ts';
import { tidy } from './tidy.ts';
import '../testing/seed.ts';

const major = 15;
const shape: HbaShape = { records: 9, lookups: false, expressions: false };
const cells = new Cells(shape, major);
const runs = filesToTry(270, 3);

/** The outcome of every connection. */
function outcomes(text: string): string[] {
  const hba: Hba = parseHba(text, { major });
  return Array.from(cells.firstMatches(hba), (index) => {
    const record = hba.records[index]?.record;
    return record === undefined || record.method === 'reject' ? 'rejected' : record.method;
  });
}

describe('functions built on reachability and comparison agree with an exhaustive test of every connection', () => {
  test('a placed record decides every connection that it matches, and no other access changes', patience, () => {
    fc.assert(
      fc.property(hbaText(shape), hbaText({ ...shape, records: 1 }), (text, record) => {
        const placed = placeRecord(text, record, { major });
        if ('error' in placed) throw new Error(placed.error);
        const [before, after] = [outcomes(text), outcomes(placed.text)];
        const own = parseHba(record, { major });
        const matches = cells.firstMatches(own);
        const action = own.records[0]?.record.method === 'reject' ? 'rejected' : own.records[0]?.record.method;
        const wrong = after.findIndex((is, cell) => is !== (matches[cell] === 0 ? action : before[cell]));
        expect(wrong < 0 ? 'all as expected' : cells.connection(wrong)).toBe('all as expected');
        expect(placed.changes.length > 0).toBe(after.some((is, cell) => is !== before[cell]));
      }),
      runs,
    );
  });

  test('a tidied file has no unreachable record and the same access', patience, () => {
    fc.assert(
      fc.property(hbaText(shape), (text) => {
        const { text: tidied, removed, merged } = tidy(text, { major });
        expect(outcomes(tidied)).toEqual(outcomes(text));
        expect(parseHba(tidied, { major }).records.length).toBe(
          parseHba(text, { major }).records.length -
            removed.length -
            merged.reduce((fewer, { lines }) => fewer + lines.length - 1, 0),
        );
        const matched = new Set(cells.firstMatches(parseHba(tidied, { major })));
        expect(parseHba(tidied, { major }).records.every((_, index) => matched.has(index))).toBe(true);
      }),
      runs,
    );
  });

  test('an assertion holds, or has a connection that violates it', patience, () => {
    const networks = setOf([{ family: 4, bits: 10n << 24n, length: 8 }]);
    const connections = Array.from({ length: cells.count }, (_, cell) => cells.connection(cell));
    const inside = (address: string | undefined) => (parseAddress(address ?? '')?.bits ?? 0n) >> 24n === 10n;
    const broken = {
      'only-from': ({ transport, user, address }: (typeof connections)[number], is: string) =>
        transport === 'tcp' && user === 'a' && is !== 'rejected' && !inside(address),
      encrypted: ({ transport, encryption }: (typeof connections)[number], is: string) =>
        transport === 'tcp' && encryption === 'none' && is !== 'rejected',
      'only-roles': ({ database, replication, user }: (typeof connections)[number], is: string) =>
        !replication && database === 'b' && user !== 'c' && is !== 'rejected',
    };
    const assertions = [
      { kind: 'only-from', roles: ['a'], networks },
      { kind: 'encrypted' },
      { kind: 'only-roles', database: 'b', roles: ['c'] },
    ] as const;
    fc.assert(
      fc.property(hbaText(shape), (text) => {
        const is = outcomes(text);
        for (const assertion of assertions) {
          const isBroken = connections.some((connection, cell) => broken[assertion.kind](connection, is[cell] ?? ''));
          const answer = checkAssertion(parseHba(text, { major }), assertion);
          expect([assertion.kind, answer.holds]).toEqual([assertion.kind, isBroken ? 'no' : 'yes']);
          if (answer.holds !== 'no') continue;
          const method = answer.decision.outcome === 'record' ? answer.decision.method : 'rejected';
          expect(broken[assertion.kind](answer.witness, method)).toBe(true);
        }
      }),
      runs,
    );
  });
});
