import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hba, parseHba } from '../postgres/hba/hba.ts';
import { filesToTry, patience } from '../testing/files.ts';
import { type HbaShape, hbaText } from '../testing/hba-arbitrary.ts';
import { Cells } from '../testing/hba-cells.ts';
import { type AccessChange, compareAccess } from './compare.ts';
import { type Connection, decide } from './decide.ts';
import '../testing/seed.ts';

type Files = { readonly before: string; readonly after: string };

/** `known` has files for which an earlier version was wrong. */
const shapes: Readonly<Record<string, HbaShape & { readonly major: number; readonly known: readonly Files[] }>> = {
  'names, networks and kinds': {
    records: 9,
    lookups: false,
    expressions: false,
    major: 15,
    // Only the user named "all" gets another method.
    known: [{ before: 'local sameuser all trust\n', after: 'local "all" all scram-sha-256\n' }],
  },
  'with host names, samehost and samenet': { records: 9, lookups: true, expressions: false, major: 15, known: [] },
  'with regular expressions': {
    records: 9,
    lookups: false,
    expressions: true,
    major: 16,
    // Of the names that the regular expression matches, one is rejected only over GSS encryption and another everywhere.
    known: [{ before: 'host /^[ab]$,a all all trust\n', after: 'hostnogssenc /^a,"all" all all trust\n' }],
  },
};

/** A file, and the same file with lines removed, moved or replaced. */
const edited = (shape: HbaShape) =>
  fc
    .record({ text: hbaText(shape), other: hbaText(shape), drop: fc.nat(8), at: fc.nat(8), keep: fc.boolean() })
    .map(({ text, other, drop, at, keep }) => {
      const lines = text.trimEnd().split('\n');
      const [line = ''] = lines.splice(drop % lines.length, 1);
      lines.splice(at % (lines.length + 1), 0, keep ? line : (other.split('\n')[0] ?? ''));
      return { before: text, after: drop === 8 ? other : `${lines.join('\n')}\n` };
    });

function outcome(hba: Hba, index: number): string {
  const record = hba.records[index]?.record;
  return record === undefined || record.method === 'reject' ? 'rejected' : record.method;
}

describe('compareAccess agrees with an exhaustive test of every connection', () => {
  test.each(Object.entries(shapes))('%s', patience, (_, { major, known, ...shape }) => {
    const cells = new Cells(shape, major);
    fc.assert(
      fc.property(edited(shape), ({ before: beforeText, after: afterText }) => {
        const [before, after] = [parseHba(beforeText, { major }), parseHba(afterText, { major })];
        const [old, now] = [cells.firstMatches(before), cells.firstMatches(after)];
        const differing = new Map<string, number[]>();
        for (const [cell, index] of old.entries()) {
          const [was, is] = [outcome(before, index), outcome(after, now[cell] ?? -1)];
          if (was === is) continue;
          const kind = was === 'rejected' ? 'opened' : is === 'rejected' ? 'closed' : 'method';
          const list = differing.get(kind) ?? [];
          list.push(cell);
          differing.set(kind, list);
        }
        const changes = compareAccess(before, after);
        const shown = changes.filter((change): change is AccessChange => change.kind !== 'unknown');
        for (const { kind, witness, before: was, after: is } of shown) {
          expect({ ...was }).toEqual(decide(before, witness));
          expect({ ...is }).toEqual(decide(after, witness));
          const method = (decision: typeof was) =>
            decision.outcome === 'record' && decision.method !== 'reject' ? decision.method : 'rejected';
          expect(method(was) === method(is)).toBe(false);
          expect(kind).toBe(method(was) === 'rejected' ? 'opened' : method(is) === 'rejected' ? 'closed' : 'method');
        }
        const kinds = (values: Iterable<string>) => [...new Set(values)].sort();
        if (shown.length === changes.length)
          expect(kinds(shown.map(({ kind }) => kind))).toEqual(kinds(differing.keys()));
        for (const [kind, differingCells] of differing) {
          const regions = changes
            .filter((change) => change.kind === kind || change.kind === 'unknown')
            .map(asFile(major));
          // A sample of about 40 connections, each compared with every region.
          for (const cell of differingCells.filter((_, index) => index % Math.ceil(differingCells.length / 40) === 0)) {
            const connection = cells.connection(cell);
            expect([connection, regions.some((region) => decide(region, connection).outcome === 'record')]).toEqual([
              connection,
              true,
            ]);
          }
        }
      }),
      { ...filesToTry(450, Object.keys(shapes).length), examples: known.map((files) => [files]) },
    );
  });
});

/** A change as records that match its connections. */
const asFile =
  (major: number) =>
  (change: ReturnType<typeof compareAccess>[number]): Hba => {
    const types: Readonly<Record<Connection['encryption'] | 'local', string>> = {
      none: 'hostnossl',
      tls: 'hostssl',
      gss: 'hostgssenc',
      local: 'local',
    };
    const names = `${change.databases.join(',')} ${change.users.join(',')}`;
    const lines = change.connections.flatMap((kind) =>
      kind === 'local'
        ? [`local ${names} trust`]
        : change.hostname === undefined
          ? (change.addresses ?? []).map((address) => `${types[kind]} ${names} ${address} trust`)
          : [`${types[kind]} ${names} ${change.hostname} trust`],
    );
    const hba = parseHba(`${lines.join('\n')}\n`, { major });
    expect(hba.refused).toEqual([]);
    return hba;
  };
