import { expect, test } from 'vitest';
import { parseHba } from '../postgres/hba/hba.ts';
import { accessSummary } from './access-summary.ts';
import { reachability } from './reachability.ts';

const summaryOf = (text: string, options: { readonly ssl?: boolean } = {}) => {
  const hba = parseHba(text, { major: 18 });
  return accessSummary(hba, reachability(hba, options), options);
};
const statements = (text: string, options = {}) =>
  summaryOf(text, options).statements.map(
    ({ concern, scope, method, protection, records }) =>
      `${concern}: ${scope} ${method} ${protection}, line ${records.map(({ line }) => line).join(' ')}`,
  );

test.each([
  ['host all all 0.0.0.0/0 trust', 'open: any trust optional, line 1'],
  ['host all all all scram-sha-256', 'exposed: any scram-sha-256 optional, line 1'],
  ['hostssl all all ::/0 scram-sha-256', 'exposed: any scram-sha-256 tls, line 1'],
  ['hostssl all all 203.0.113.0/24 scram-sha-256', 'usual: public scram-sha-256 tls, line 1'],
  ['hostssl all all 203.0.113.0/24 ldap ldapserver=a ldapprefix=u', 'exposed: public ldap tls, line 1'],
  ['host all all 10.0.0.0/8 scram-sha-256', 'exposed: private scram-sha-256 optional, line 1'],
  ['hostnossl all all 10.0.0.0/8 md5', 'exposed: private md5 none, line 1'],
  ['hostssl all all 10.0.0.0/8 password', 'usual: private password tls, line 1'],
  ['hostssl all all 8.0.0.0/6 md5', 'usual: public md5 tls, line 1'],
  ['hostgssenc all all fd00::/8 gss', 'usual: private gss gss, line 1'],
  ['host all all 10.0.0.0/8 gss', 'exposed: private gss any-optional, line 1'],
  ['hostnossl all all 10.0.0.0/8 gss', 'exposed: private gss any-optional, line 1'],
  ['hostnogssenc all all 10.0.0.0/8 gss', 'exposed: private gss optional, line 1'],
  ['hostssl all all 100.64.0.0/10 ident', 'open: private ident tls, line 1'],
  ['host all all .example.com md5', 'exposed: name md5 optional, line 1'],
  ['hostssl all all samenet cert', 'usual: subnet cert tls, line 1'],
  ['host all all samehost md5', 'usual: loopback md5 optional, line 1'],
  ['host all all ::1/128 trust', 'open: loopback trust optional, line 1'],
  ['local all all peer', 'usual: socket peer local, line 1'],
  ['local all all trust', 'open: socket trust local, line 1'],
])('%s is summarized as %s', (line, statement) => {
  expect(statements(line)).toEqual([statement]);
});

test('the worst comes first, whatever the order in the file', () => {
  const lines = [
    'local all all peer',
    'hostssl all app 10.0.0.0/8 scram-sha-256',
    'host orders app 192.168.0.0/16 md5',
    'hostssl all app 0.0.0.0/0 scram-sha-256',
    'host all all 127.0.0.1/32 trust',
    'host reports app 198.51.100.0/24 trust',
  ];
  expect(statements(lines.join('\n'))).toEqual([
    'open: public trust optional, line 6',
    'open: loopback trust optional, line 5',
    'exposed: any scram-sha-256 tls, line 4',
    'exposed: private md5 optional, line 3',
    'usual: private scram-sha-256 tls, line 2',
    'usual: socket peer local, line 1',
  ]);
});

test('rules that differ only in the source are one statement', () => {
  const nets = Array.from({ length: 30 }, (_, index) => `hostssl orders app 10.${index}.0.0/16 scram-sha-256`);
  const { statements: found, total } = summaryOf([...nets, 'hostssl reports app 10.0.0.0/8 scram-sha-256'].join('\n'));
  expect(total).toBe(2);
  expect(found[0]).toMatchObject({ sourceCount: 30, recordCount: 30, databases: ['orders'], users: ['app'] });
  expect(found[0]?.sources).toHaveLength(12);
});

test('rules that decide about nobody, and those that reject, allow nothing', () => {
  expect(statements('host all all all reject\nhost all all 10.0.0.0/8 trust\n')).toEqual([]);
  expect(statements('hostssl all all all md5\n', { ssl: false })).toEqual([]);
  expect(statements('host all all 10.0.0.0/8 md5\n', { ssl: false })).toEqual(['exposed: private md5 none, line 1']);
});

test('a statement says that rules above it decide part of it, and that a rule may match nobody', () => {
  const [whole] = summaryOf('host all all 0.0.0.0/0 md5').statements;
  expect(whole).toMatchObject({ partly: false, certain: true });
  const [rest] = summaryOf('host all all 10.0.0.0/8 reject\nhost all all 0.0.0.0/0 md5').statements;
  expect(rest).toMatchObject({ partly: true, certain: true });
  const [same] = summaryOf(
    'host all all 127.0.0.0/8 reject\nhost all all ::1/128 reject\nhost all all samenet md5\n',
  ).statements;
  expect(same).toMatchObject({ scope: 'subnet', certain: false });
});

test('quoted keywords are names, and at most 60 statements are listed', () => {
  expect(summaryOf('local "all" "+x" peer').statements[0]).toMatchObject({ databases: ['"all"'], users: ['"+x"'] });
  const many = Array.from({ length: 100 }, (_, index) => `host d${index} all 10.0.0.0/8 md5`).join('\n');
  expect(summaryOf(many).statements).toHaveLength(60);
  expect(summaryOf(many).total).toBe(100);
});
