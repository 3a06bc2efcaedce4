import { expect, test } from 'vitest';
import { parseHba } from '../postgres/hba/hba.ts';
import { fieldsOverlap } from '../postgres/hba/overlap.ts';
import { Cells } from '../testing/hba-cells.ts';
import { decide } from './decide.ts';

const databases = ['all', 'replication', 'sameuser', 'samerole', 'a', 'b', '"a"', '"all"', '/^a', '/b$'];
const users = ['all', 'a', 'b', '"a"', '"all"', '+a', '+b', '"+a"', '/^a', '/b$'];

/** Fields of one and of two tokens. */
const fields = (tokens: readonly string[]) => [...tokens, ...tokens.map((token) => `${token},b`)];

test.each(['databases', 'users'] as const)('%s: yes and no agree with a test of every connection', (field) => {
  const cells = new Cells({ lookups: false }, 16);
  const connections = Array.from({ length: cells.count }, (_, cell) => cells.connection(cell)).filter(
    ({ transport }) => transport === 'local',
  );
  const rows = fields(field === 'databases' ? databases : users).map((text) => {
    const line = field === 'databases' ? `local ${text} all trust` : `local all,replication ${text} trust`;
    const hba = parseHba(line, { major: 16 });
    const matches = connections.map((connection) => decide(hba, connection).outcome === 'record');
    return { text, tokens: hba.records[0]?.record[field] ?? [], matches };
  });
  for (const a of rows) {
    for (const b of rows) {
      const overlap = fieldsOverlap(field, a.tokens, b.tokens);
      const shared = a.matches.some((matches, index) => matches && b.matches[index]);
      if (overlap !== 'maybe') expect([a.text, b.text, overlap]).toEqual([a.text, b.text, shared ? 'yes' : 'no']);
    }
  }
});

test('a user or a quoted database named replication is an ordinary name', () => {
  const users = (text: string) => parseHba(`local all ${text} trust`, { major: 16 }).records[0]?.record.users ?? [];
  expect(fieldsOverlap('users', users('replication'), users('all'))).toBe('yes');
  expect(fieldsOverlap('users', users('replication'), users('a'))).toBe('no');
  const databases = (text: string) =>
    parseHba(`local ${text} all trust`, { major: 16 }).records[0]?.record.databases ?? [];
  expect(fieldsOverlap('databases', databases('"replication"'), databases('all'))).toBe('yes');
  expect(fieldsOverlap('databases', databases('"replication"'), databases('replication'))).toBe('no');
});
