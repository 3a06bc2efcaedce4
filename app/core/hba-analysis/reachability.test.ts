import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hba, parseHba } from '../postgres/hba/hba.ts';
import { filesToTry, patience } from '../testing/files.ts';
import { type HbaShape, hbaText } from '../testing/hba-arbitrary.ts';
import { Cells } from '../testing/hba-cells.ts';
import { compareAccess } from './compare.ts';
import { decide } from './decide.ts';
import { reachability } from './reachability.ts';
import '../testing/seed.ts';

const shapes: Readonly<Record<string, HbaShape & { readonly major: number }>> = {
  'names, networks and kinds': { records: 12, lookups: false, expressions: false, major: 15 },
  'with host names, samehost and samenet': { records: 12, lookups: true, expressions: false, major: 15 },
  'with regular expressions': { records: 12, lookups: false, expressions: true, major: 16 },
};

describe('reachability agrees with an exhaustive test of every connection', () => {
  test.each(Object.entries(shapes))('%s', patience, (_, { major, ...shape }) => {
    const cells = new Cells(shape, major);
    const exact = !shape.lookups && !shape.expressions;
    const encryption = Array.from({ length: cells.count }, (_, cell) => cells.connection(cell).encryption);
    fc.assert(
      fc.property(hbaText(shape), fc.boolean(), fc.boolean(), (text, ssl, gss) => {
        const hba = parseHba(text, { major });
        if (hba.refused.length > 0) throw new Error('a file with rejected lines proves nothing');
        // Kinds of connection that the server accepts.
        const accepted = { none: true, tls: ssl, gss };
        const firstMatches = (records: Hba['records']) =>
          new Set(cells.firstMatches({ ...hba, records }).filter((_, cell) => accepted[encryption[cell] ?? 'none']));
        const matched = firstMatches(hba.records);
        for (const [index, reach] of reachability(hba, { ssl, gss }).entries()) {
          const result = `${reach.status} record ${index + 1}`;
          if (reach.status === 'live') {
            const decision = decide(hba, reach.witness);
            expect(accepted[reach.witness.encryption]).toBe(true);
            expect([result, decision.outcome === 'record' && decision.line]).toEqual([result, reach.line]);
          } else if (reach.status === 'dead') {
            const cover = new Set(reach.by.map(({ line }) => line));
            const only = hba.records.filter(({ line }) => line === reach.line || cover.has(line));
            expect([result, firstMatches(only).has(only.length - 1)]).toEqual([result, false]);
          }
          if (matched.has(index)) expect(result).not.toBe(`unreachable record ${index + 1}`);
          else if (exact) {
            const { type } = hba.records[index]?.record ?? {};
            const never = (type === 'hostssl' && !ssl) || (type === 'hostgssenc' && !gss);
            expect(result).toBe(`${never ? 'unmatchable' : 'dead'} record ${index + 1}`);
          }
        }
      }),
      filesToTry(900, Object.keys(shapes).length),
    );
  });
});

test('an expression that matches one name only is analyzed like that name', () => {
  const text =
    'host /^/x$ all all md5\nhost all "/^a\\.b$" all md5\nhost "/^/x$" a all md5\nhost /^/x "/^a\\.b$" all md5\n';
  const hba = parseHba(text, { major: 16 });
  expect(reachability(hba).map(({ status }) => status)).toEqual(['live', 'live', 'dead', 'dead']);
  const more = parseHba(`host all "/^a\\.c$" all reject\n${text}`, { major: 16 });
  expect(compareAccess(hba, more).map(({ kind }) => kind)).toEqual(['closed']);
});

test('a netmask of too many ranges in one address family does not cover the other family', () => {
  const hba = parseHba('host all all 10.0.0.1 85.85.85.85 trust\nhost all all ::a00:1 ::5555:5555 md5\n', {
    major: 18,
  });
  expect(reachability(hba).map(({ status }) => status)).toEqual(['unknown', 'unknown']);
});

test.each(['""', 'x'.repeat(64)])(
  'the name %s in a list, which no connection can have, leaves nothing to a record',
  (name) => {
    const text = `host shop all all md5\nhost shop,${name} all all md5\nlocal all app,${name} md5\nlocal all app md5\n`;
    const hba = parseHba(text, { major: 18 });
    expect(reachability(hba).map(({ status }) => status)).toEqual(['live', 'dead', 'live', 'dead']);
    expect(compareAccess(hba, parseHba(text.replaceAll(`,${name}`, ''), { major: 18 }))).toEqual([]);
  },
);

test('a record for one host does not cover a suffix, whatever the name of the host', () => {
  const text =
    'host all all host.example.com md5\nhost all all HOST2.example.com md5\nhost all all .example.com trust\n';
  const hba = parseHba(text, { major: 18 });
  expect(reachability(hba).map(({ status }) => status)).toEqual(['live', 'live', 'live']);
  const without = parseHba(text.replace(/^.*trust\n/m, ''), { major: 18 });
  expect(compareAccess(hba, without).map(({ kind }) => kind)).toEqual(['closed']);
  expect(compareAccess(hba, without)[0]).toMatchObject({ witness: { hostname: 'host3.example.com' } });
});

test('a record with a netmask of too many ranges is unknown, and unreachable only below an equal or wider one', () => {
  const hba = parseHba('host all all 10.0.0.1 85.85.85.85 trust\nhost all all 10.0.0.1 85.85.85.85 md5\n', {
    major: 18,
  });
  expect(reachability(hba).map(({ status }) => status)).toEqual(['unknown', 'dead']);
  const below = parseHba('host all all all reject\nhost all all 10.0.0.1 85.85.85.85 trust\n', { major: 18 });
  expect(reachability(below).map(({ status }) => status)).toEqual(['live', 'dead']);
});

test('a rule for every address has the documentation address as its example, even where earlier rules cut the range', () => {
  const hba = parseHba(
    'host all all 10.0.0.0/8 md5\nhost all all 127.0.0.0/8 md5\nhost all all 0.0.0.0/0 reject\nhost all all 203.0.0.0/8 md5\n',
    { major: 18 },
  );
  const witnesses = reachability(hba).map((reach) => (reach.status === 'live' ? reach.witness.address : reach.status));
  expect(witnesses).toEqual(['10.0.0.1', '127.0.0.1', '203.0.113.50', 'dead']);
  const covered = parseHba('host all all 203.0.113.0/24 md5\nhost all all 0.0.0.0/0 md5\n', { major: 18 });
  const [, rest] = reachability(covered);
  expect(rest?.status === 'live' && rest.witness.address).toBe('198.51.100.50');
});
