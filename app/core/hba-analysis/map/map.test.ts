import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../net/prefix.ts';
import { expressionOf } from '../../postgres/hba/expression.ts';
import { type Hba, parseHba } from '../../postgres/hba/hba.ts';
import { filesToTry, patience } from '../../testing/files.ts';
import { type HbaShape, hbaText } from '../../testing/hba-arbitrary.ts';
import { Cells } from '../../testing/hba-cells.ts';
import { type Connection, decide } from '../decide.ts';
import { type AccessMap, accessMap, type MapEntry, type MapRow } from './map.ts';
import '../../testing/seed.ts';

const shapes: Readonly<Record<string, HbaShape & { readonly major: number }>> = {
  'names, networks and kinds': { records: 9, lookups: false, expressions: false, major: 15 },
  'with host names, samehost and samenet': { records: 9, lookups: true, expressions: false, major: 15 },
  'with regular expressions': { records: 9, lookups: false, expressions: true, major: 16 },
};

/** The rows of a map that contain a connection. */
function rowsOf({ rows }: AccessMap, side: 'databases' | 'roles', connection: Connection): MapRow[] {
  const { database, user, roles, replication } = connection;
  const only = (kind: MapRow['kind'], test = (_: string) => true) =>
    rows.filter((row) => row.kind === kind && test(row.text));
  if (side === 'databases' && replication) return only('replication');
  const name = side === 'databases' ? database : user;
  const named = only('name', (text) => text === name);
  if (named.length > 0) return named;
  const matching = [
    ...only('expression', (text) => expressionOf(text)?.test(name) ?? true),
    ...only('group', (text) => text === name || roles.includes(text)),
  ];
  return matching.length > 0 ? matching : only('other');
}

/** The column of a connection; -1 for an address of the other family. */
function columnOf({ columns }: AccessMap, { transport, address = '' }: Connection): number {
  const bits = parseAddress(address);
  return columns.findIndex((column) =>
    column.kind === 'socket'
      ? transport === 'local'
      : transport === 'tcp' &&
        column.addresses.some(
          ({ family, first, last }) => family === bits?.family && first <= bits.bits && bits.bits <= last,
        ),
  );
}

const kindOf = ({ transport, encryption }: Connection) => (transport === 'local' ? 'local' : encryption);

/** Whether an entry includes a connection: tested with a record that has the fields of the entry. */
function includes(
  { who, member, hostname, connections }: MapEntry,
  side: 'databases' | 'roles',
  connection: Connection,
  major: number,
): boolean {
  if (!connections.includes(kindOf(connection))) return false;
  if (member !== undefined && member !== connection.user && !connection.roles.includes(member)) return false;
  const line =
    side === 'databases' ? `local all,replication ${who.join(',')} trust` : `local ${who.join(',')} all trust`;
  const one = { ...connection, transport: 'local', encryption: 'none' } as const;
  if (decide(parseHba(line, { major }), one).outcome !== 'record') return false;
  if (hostname === undefined) return true;
  return decide(parseHba(`host all,replication all ${hostname} trust`, { major }), connection).outcome === 'record';
}

const sameRecord = ({ record }: MapEntry, decision: ReturnType<typeof decide>): boolean =>
  decision.outcome === 'record' ? record?.line === decision.line : record === undefined;

function check(hba: Hba, map: AccessMap, side: 'databases' | 'roles', connections: readonly Connection[]): void {
  for (const connection of connections) {
    const column = columnOf(map, connection);
    if (column < 0) continue;
    const decision = decide(hba, connection);
    const rows = rowsOf(map, side, connection);
    expect([connection, rows.length > 0]).toEqual([connection, true]);
    for (const row of rows) {
      const cell = row.cells[column];
      if (!cell || cell.more > 0) continue;
      const listed = cell.entries.some(
        (entry) => sameRecord(entry, decision) && includes(entry, side, connection, hba.major),
      );
      expect([connection, row.text, decision, listed]).toEqual([connection, row.text, decision, true]);
    }
  }
  for (const row of map.rows) {
    for (const [column, { entries, ways }] of row.cells.entries()) {
      for (const entry of entries) {
        const { witness, record, connections: kinds } = entry;
        for (const kind of kinds)
          expect(ways.some((way) => way.connections.includes(kind) && way.method === (record?.method ?? null))).toBe(
            true,
          );
        if (!witness) continue;
        expect([witness, sameRecord(entry, decide(hba, witness))]).toEqual([witness, true]);
        expect([witness, columnOf(map, witness)]).toEqual([witness, column]);
        expect(rowsOf(map, side, witness).some(({ kind, text }) => kind === row.kind && text === row.text)).toBe(true);
        expect([entry, witness, includes(entry, side, witness, hba.major)]).toEqual([entry, witness, true]);
      }
    }
  }
}

describe('the cell of a connection lists its first match, and each entry has a correct witness', () => {
  const runs = filesToTry(240, 6);
  for (const side of ['databases', 'roles'] as const)
    test.each(Object.entries(shapes))(`${side}: %s`, patience, (_, { major, ...shape }) => {
      const cells = new Cells(shape, major);
      fc.assert(
        fc.property(
          hbaText(shape),
          fc.constantFrom(4 as const, 6 as const),
          fc.array(fc.nat(cells.count - 1), { minLength: 60, maxLength: 60 }),
          (text, family, chosen) => {
            const hba = parseHba(text, { major });
            const map = accessMap(hba, { rows: side, family });
            expect(map.leftOut).toEqual({ rows: 0, columns: 0 });
            check(
              hba,
              map,
              side,
              chosen.map((cell) => cells.connection(cell)),
            );
          },
        ),
        runs,
      );
    });
});

/** Row, column, kind of connection and record of every entry, or only of entries with a witness. */
function listed({ rows }: AccessMap, certain: boolean): Set<string> {
  const matching = new Set<string>();
  for (const row of rows)
    for (const [column, { entries }] of row.cells.entries())
      for (const { record, connections, witness } of entries)
        for (const kind of connections)
          if (!certain || witness)
            matching.add(`${row.kind} ${row.text}, ${column}, ${kind}, ${record?.line ?? 'none'}`);
  return matching;
}

describe('the entries of each cell agree with an exhaustive test of every connection', () => {
  const runs = filesToTry(20, 4);
  for (const side of ['databases', 'roles'] as const)
    for (const [name, { major, ...shape }] of Object.entries(shapes).filter(([, { expressions }]) => !expressions))
      test(`${side}: ${name}`, patience, () => {
        const cells = new Cells(shape, major);
        fc.assert(
          fc.property(hbaText(shape), fc.constantFrom(4 as const, 6 as const), (text, family) => {
            const hba = parseHba(text, { major });
            const map = accessMap(hba, { rows: side, family });
            const tried = new Set<string>();
            for (const [cell, index] of cells.firstMatches(hba).entries()) {
              const connection = cells.connection(cell);
              const column = columnOf(map, connection);
              if (column < 0) continue;
              const line = hba.records[index]?.line ?? 'none';
              for (const row of rowsOf(map, side, connection))
                tried.add(`${row.kind} ${row.text}, ${column}, ${kindOf(connection)}, ${line}`);
            }
            const [certain, all] = [listed(map, true), listed(map, false)];
            expect([...certain].filter((one) => !tried.has(one))).toEqual([]);
            expect([...tried].filter((one) => !all.has(one))).toEqual([]);
          }),
          runs,
        );
      });
});

const mapOf = (text: string, options: Partial<Parameters<typeof accessMap>[1]> = {}) =>
  accessMap(parseHba(text, { major: 18 }), { rows: 'databases', family: 4, ...options });

describe('accessMap', () => {
  test('the column of a network excludes narrower networks, and every address is in one column', () => {
    const map = mapOf('host a all 10.0.0.0/8 md5\nhost a all 10.1.0.0/16 reject\nhost a all 10.0.0.0/9 trust\n');
    expect(
      map.columns.map((column) => (column.kind === 'socket' ? 'socket' : [column.network, column.without])),
    ).toEqual(['socket', ['127.0.0.0/8', 0], ['10.0.0.0/9', 1], ['10.1.0.0/16', 0], ['10.0.0.0/8', 1], [null, 0]]);
    const total = map.columns.flatMap((column) => (column.kind === 'socket' ? [] : column.addresses));
    expect(total.reduce((sum, { first, last }) => sum + last - first + 1n, 0n)).toBe(1n << 32n);
  });

  test("an entry that depends on the server's addresses has no witness", () => {
    const cell = mapOf('host a all samenet md5\n').rows[0]?.cells.at(-1);
    expect(cell?.ways).toEqual([
      { method: 'md5', certain: false, connections: ['none', 'tls', 'gss'] },
      { method: null, certain: true, connections: ['none', 'tls', 'gss'] },
    ]);
  });

  test('each row has its reach from outside loopback for each address family', () => {
    const rows = mapOf(
      'host a all 10.0.0.0/8 md5\nhost b all ::/0 md5\nhost b all 127.0.0.1/32 md5\nhost c all samenet md5\n',
    ).rows;
    expect(rows.slice(0, 3).map(({ families }) => families)).toEqual([
      { 4: { reach: 'yes', source: '10.0.0.0/8' }, 6: { reach: 'no' } },
      { 4: { reach: 'no' }, 6: { reach: 'yes', source: '::/0' } },
      { 4: { reach: 'maybe', source: 'samenet' }, 6: { reach: 'maybe', source: 'samenet' } },
    ]);
  });

  test('shows the first of thousands of names and networks, and others with a filter', () => {
    const text = Array.from(
      { length: 5000 },
      (_, index) => `host d${index} u${index} 10.${index >> 8}.${index & 255}.0/24 md5`,
    ).join('\n');
    const map = mapOf(text);
    expect([map.rows.length, map.columns.length, map.leftOut]).toEqual([32, 25, { rows: 4970, columns: 4978 }]);
    const matching = mapOf(text, { row: 'D4999', network: '10.19.135.7' });
    expect(matching.rows.map(({ text: name }) => name)).toEqual(['d4999', '', '']);
    expect(matching.columns.map((column) => (column.kind === 'socket' ? column.kind : column.network))).toEqual([
      'socket',
      '10.19.135.0/24',
    ]);
    expect(matching.rows[0]?.cells[1]?.entries[0]).toMatchObject({ record: { line: 5000 }, who: ['u4999'] });
  });
});
