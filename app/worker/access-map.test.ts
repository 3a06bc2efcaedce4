import { expect, test } from 'vitest';
import { parseHba } from '../core/index.ts';
import { accessMapView } from './access-map.ts';

const hba = parseHba(
  `local all all peer
host orders all 127.0.0.1/32 md5
host orders all 10.0.0.0/8 scram-sha-256
host orders all 203.0.113.0/24 password
host orders all 192.168.0.0/16 reject
hostssl orders all 8.0.0.0/7 cert
host orders all 0.0.0.0/0 trust
`,
  { major: 18 },
);

test('sources from outside come first, and each cell stays below its source', () => {
  const { map } = accessMapView(hba, { rows: 'databases', family: 4 });
  expect(map.columns.map((column) => (column.kind === 'socket' ? 'socket' : (column.network ?? 'else')))).toEqual([
    'else',
    '8.0.0.0/7',
    '203.0.113.0/24',
    '10.0.0.0/8',
    '192.168.0.0/16',
    '127.0.0.0/8',
    '127.0.0.1/32',
    'socket',
  ]);
  const orders = map.rows.find(({ text }) => text === 'orders');
  expect(orders?.cells.map(({ entries }) => entries[0]?.record?.method)).toEqual([
    'trust',
    'cert',
    'password',
    'scram-sha-256',
    'reject',
    'trust',
    'md5',
    'peer',
  ]);
});
