import { describe, expect, test } from 'vitest';
import { inColumns, startsColumn, withWord } from './columns.ts';
import { parseHba } from './hba.ts';

const aligned = (file: string, line: number, text: string) => inColumns(parseHba(file, { major: 18 }), line, text);

const columns = `# TYPE  DATABASE     USER      ADDRESS        METHOD
local   all          postgres                 peer
host    all          all       127.0.0.1/32   scram-sha-256
hostssl orders       app       10.8.0.0/16    scram-sha-256
`;

describe('a new record', () => {
  test.each([
    ['host all postgres all reject', 'host    all          postgres  all            reject'],
    ['local all app peer', 'local   all          app                      peer'],
    ['host all,replication postgres all reject', 'host    all,replication postgres all          reject'],
    ['host a b 10.0.0.0 255.0.0.0 md5', 'host    a            b         10.0.0.0 255.0.0.0 md5'],
    ['host a b all ldap ldapserver=c', 'host    a            b         all            ldap ldapserver=c'],
    ['host  a  b all md5', 'host  a  b all md5'],
  ])('%s has its fields below those of its neighbors', (text, expected) => {
    expect(aligned(columns, 3, text)).toBe(expected);
  });

  test('takes the columns of the records that are next to it', () => {
    const file = `host  all  all  10.0.0.0/8  md5\n${'\n'.repeat(5)}host     all      all     10.0.0.0/8     md5\n`;
    expect(aligned(file, 1, 'host a b all md5')).toBe('host  a    b    all         md5');
    expect(aligned(file, 7, 'host a b all md5')).toBe('host     a        b       all            md5');
  });

  test('is separated by tabs where its neighbors are', () => {
    const file = 'host\tall\tall\t\t10.0.0.0/8\tmd5\n';
    expect(aligned(file, 1, 'host orders app all reject')).toBe('host\torders\tapp\t\tall\t\treject');
    expect(aligned(file, 1, 'hostnogssenc orders app all reject')).toBe('hostnogssenc\torders\tapp\tall\t\treject');
  });

  test.each([
    ['an empty file', ''],
    ['single blanks', 'host all all 10.0.0.0/8 md5\nhost all app 10.0.0.0/8 md5\n'],
    ['columns in comments only', 'host all all 10.0.0.0/8 md5   # all   of   it\n'],
    ['records over several lines', 'host   all \\\n all 10.0.0.0/8 md5\n'],
  ])('has single blanks next to %s', (_, file) => {
    expect(aligned(file, 1, 'host all postgres all reject')).toBe('host all postgres all reject');
  });
});

describe('a word that replaces another', () => {
  const replaced = (file: string, line: number, from: string, word: string) => {
    const text = file.split('\n')[line - 1] ?? '';
    const at = text.indexOf(from);
    const hba = parseHba(file, { major: 18 });
    return withWord(text, { from: at, to: at + from.length, word }, (column) => startsColumn(hba, line, column));
  };
  test.each([
    [3, 'host', 'hostssl', 'hostssl all          all       127.0.0.1/32   scram-sha-256'],
    [4, 'hostssl', 'host', 'host    orders       app       10.8.0.0/16    scram-sha-256'],
    [4, '10.8.0.0/16', '10.8.0.0/255.255.0.0', 'hostssl orders       app       10.8.0.0/255.255.0.0 scram-sha-256'],
  ])('in line %i, %s, keeps the columns of the fields after it', (line, from, word, expected) => {
    expect(replaced(columns, line, from, word)).toBe(expected);
  });

  test('keeps a comment in its column', () => {
    const file = 'host  all  all  all  md5            # x\nhost  all  app  all  scram-sha-256  # y\n';
    expect(replaced(file, 1, 'md5', 'scram-sha-256')).toBe('host  all  all  all  scram-sha-256  # x');
  });

  test.each([
    ['host a b all  md5  # x', 'host a b all  scram-sha-256  # x'],
    ['host  a  b  all  md5  # x\nlocal all all peer', 'host  a  b  all  scram-sha-256  # x'],
    ['host\ta\tb\tall\tmd5\t# x\nhost\ta\tb\tall\tmd5\t# x', 'host\ta\tb\tall\tscram-sha-256\t# x'],
  ])('in %j changes no blanks, because nothing around it is in columns', (file, expected) => {
    expect(replaced(file, 1, 'md5', 'scram-sha-256')).toBe(expected);
  });
});
