import { describe, expect, test } from 'vitest';
import { parseHba } from '../postgres/hba/hba.ts';
import { type Change, recordText, writtenField } from './record-text.ts';

const edited = (line: string, change: Change): string | undefined => {
  const hba = parseHba(`${line}\n`, { major: 18 });
  const [placed] = hba.records;
  const edit = placed && recordText(hba, placed, change);
  return edit?.kind === 'replace' ? edit.text : undefined;
};

describe('the line of a record with another field', () => {
  test.each<[line: string, change: Change, expected: string | undefined]>([
    [
      'host  a  b  10.0.0.1/32  ident  map=x  # c',
      { type: 'hostssl' },
      'hostssl  a  b  10.0.0.1/32  ident  map=x  # c',
    ],
    ['host  a  b  10.0.0.1/32  ident  map=x', { databases: 'c,d' }, 'host  c,d  b  10.0.0.1/32  ident  map=x'],
    ['host  a  b  10.0.0.1/32  ident  map=x', { users: '"c"' }, 'host  a  "c"  10.0.0.1/32  ident  map=x'],
    ['host  a  b  10.0.0.1/32  ident  map=x', { address: 'all' }, 'host  a  b  all  ident  map=x'],
    ['host a b 10.0.0.1  255.0.0.0  md5', { address: '10.0.0.0/8' }, 'host a b 10.0.0.0/8  md5'],
    ['host  a  b  10.0.0.1/32  ident  map=x', { method: 'reject' }, 'host  a  b  10.0.0.1/32  reject  map=x'],
    ['host a b 10.0.0.1/32 gss include_realm=1 map=x # c', { options: 'z=3' }, 'host a b 10.0.0.1/32 gss z=3 # c'],
    ['host a b 10.0.0.1/32 ident map=x', { options: '' }, 'host a b 10.0.0.1/32 ident'],
    ['host a b 10.0.0.1/32 md5  # c', { options: 'z=3' }, 'host a b 10.0.0.1/32 md5 z=3  # c'],
    ['host a b 10.0.0.1/32 md5', { options: '' }, 'host a b 10.0.0.1/32 md5'],
    ['host a b 10.0.0.1/32 md5', { options: 'z=3' }, 'host a b 10.0.0.1/32 md5 z=3'],
    // Shorter and longer at once: later fields are written first.
    [
      'host a b 10.0.0.1/32 md5',
      { type: 'hostnossl', users: 'x', method: 'scram-sha-256' },
      'hostnossl a x 10.0.0.1/32 scram-sha-256',
    ],
    ['local  a  b  peer  map=x', { method: 'reject' }, 'local  a  b  reject  map=x'],
    ['local a b peer', { method: 'scram-sha-256' }, 'local a b scram-sha-256'],
    // `address` of a record without one adds it.
    ['local a b md5', { type: 'host', address: '10.0.0.0/8' }, 'host a b 10.0.0.0/8 md5'],
    ['host a b 10.0.0.1/32 "md5"', { method: 'reject' }, 'host a b 10.0.0.1/32 reject'],
    // A name equal to the method's.
    ['host md5 md5 10.0.0.1/32 md5', { method: 'reject' }, 'host md5 md5 10.0.0.1/32 reject'],
    ['host a b md5 md5', { method: 'reject' }, 'host a b md5 reject'],
    // PostgreSQL reads it as `peer`.
    ['local peer b ident', { method: 'reject' }, undefined],
    ['local a peer ident', { method: 'reject' }, undefined],
    // Parts of the record are on other lines or in other files.
    ['host a \\\n b 10.0.0.1/32 md5', { method: 'reject' }, undefined],
    ['host @a b 10.0.0.1/32 md5', { method: 'reject' }, undefined],
  ])('%j with %j', (line, change, expected) => expect(edited(line, change)).toBe(expected));

  test('line endings of any kind are not part of it', () => {
    for (const end of ['\n', '\r\n', '\r\r\n']) {
      const hba = parseHba(`host a b 10.0.0.1/32 md5${end}`, { major: 18 });
      const [placed] = hba.records;
      expect(placed && recordText(hba, placed, { method: 'reject' })).toEqual({
        kind: 'replace',
        line: 1,
        text: 'host a b 10.0.0.1/32 reject',
      });
    }
  });
});

describe('a field as it is written', () => {
  const written = (text: string, field: number, files = {}) => {
    const hba = parseHba(text, { major: 18, files });
    const placed = hba.records.at(-1);
    return placed && writtenField(hba, placed, field);
  };

  test('without its quotes', () => expect(written('host "a" b "10.0.0.1/32" md5\n', 3)).toBe('10.0.0.1/32'));
  test('the last one, with any line ending', () => {
    for (const end of ['', '\n', '\r\n']) expect(written(`host a b 10.0.0.1/32 md5${end}`, 4)).toBe('md5');
  });
  test('one that is absent', () => expect(written('local a b md5\n', 4)).toBeUndefined());
  test('of a record over two lines', () => expect(written('host a \\\n b all md5\n', 1)).toBeUndefined());
  test('of an included record', () =>
    expect(written('include x\nhost', 1, { x: 'host a b all md5\n' })).toBeUndefined());
});
