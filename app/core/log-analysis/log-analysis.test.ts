import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadToEnglish } from '../diagnosis/refusal/translations/english.ts';
import { compareAccess } from '../hba-analysis/compare.ts';
import { parseHba } from '../postgres/hba/hba.ts';
import { hbaText } from '../testing/hba-arbitrary.ts';
import { narrowerRule } from './narrow-rule.ts';
import { connectionOf, ruleUse } from './rule-use.ts';
import { LogObserver, observeLog, type SeenConnection } from './seen.ts';

const HBA = `# who may connect
local all postgres peer
hostssl shop app 10.8.0.0/16 scram-sha-256
host all all 10.0.0.0/8 scram-sha-256  # everyone
host old old 192.168.0.0/16 md5
`;

const connected = (
  pid: number,
  { user = 'app', database = 'shop', host = '10.8.0.7', tls = true, line = 3, method = 'scram-sha-256' } = {},
) =>
  [
    `connection received: host=${host} port=41022`,
    `connection authenticated: identity="${user}" method=${method} (/etc/postgresql/16/main/pg_hba.conf:${line})`,
    `connection authorized: user=${user} database=${database} application_name=psql${tls ? ' SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)' : ''}`,
  ]
    .map((message, second) => `2026-11-25 00:10:0${second}.123 UTC [${pid}] LOG:  ${message}`)
    .join('\n');

const failed = (pid: number, host: string, user: string, minute = '10') =>
  `2026-11-25 00:${minute}:01.000 UTC [${pid}] LOG:  connection received: host=${host} port=5000
2026-11-25 00:${minute}:02.000 UTC [${pid}] FATAL:  password authentication failed for user "${user}"
2026-11-25 00:${minute}:02.000 UTC [${pid}] DETAIL:  Connection matched file "/etc/postgresql/16/main/pg_hba.conf" line 4: "host all all 10.0.0.0/8 scram-sha-256"
`;

const seenAs = (connections: readonly SeenConnection[]) => ({
  ...observeLog(connected(1)),
  connections,
  failedRules: {},
});

const use = (log: string, hba = HBA) => ruleUse(parseHba(hba, { major: 16 }), observeLog(log));

describe('connections of a log', () => {
  test('the three lines of one process are one connection, also where processes alternate', () => {
    const one = connected(1).split('\n');
    const other = connected(2, { user: 'ana', host: '10.1.2.3', tls: false, line: 4, database: 'wiki' }).split('\n');
    const { connections, has, period } = observeLog(one.flatMap((line, at) => [line, other[at] ?? '']).join('\n'));
    expect(connections).toEqual([
      expect.objectContaining({ user: 'app', host: '10.8.0.7', encryption: 'tls', count: 1, method: 'scram-sha-256' }),
      expect.objectContaining({ user: 'ana', host: '10.1.2.3', encryption: 'none', count: 1, database: 'wiki' }),
    ]);
    expect(connections[1]?.rule).toEqual({ file: '/etc/postgresql/16/main/pg_hba.conf', line: 4 });
    expect(has).toMatchObject({ received: true, authenticated: true, authorized: true, process: true, time: true });
    expect(period?.from).toBe('2026-11-25 00:10:00.123 UTC');
  });

  test('a text that arrives in pieces of any size gives the same', () => {
    const log = `${connected(1)}\n${failed(9, '198.51.100.9', 'root')}${connected(2, { user: 'a b', database: 'c d' })}`;
    const whole = observeLog(log);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (size) => {
        const observer = new LogObserver();
        for (let at = 0; at < log.length; at += size) observer.push(log.slice(at, at + size));
        expect(observer.end()).toEqual(whole);
      }),
      { numRuns: 30 },
    );
    expect(whole.connections.map(({ user, database }) => [user, database])).toEqual([
      ['app', 'shop'],
      ['a b', 'c d'],
    ]);
  });

  test('before 14 no line names the method, replication has no database, and a socket no address', () => {
    const { connections, has } = observeLog(`2026-11-25 00:10:00 UTC [5] LOG:  connection received: host=[local]
2026-11-25 00:10:00 UTC [5] LOG:  connection authorized: user=postgres database=postgres
2026-11-25 00:10:01 UTC [6] LOG:  connection received: host=2001:db8::7 port=5
2026-11-25 00:10:01 UTC [6] LOG:  replication connection authorized: user=copy application_name=standby SSL enabled (protocol=TLSv1.2, cipher=X, bits=256, compression=off)
`);
    expect(connections.map((seen) => connectionOf(seen))).toEqual([
      { transport: 'local', encryption: 'none', user: 'postgres', database: 'postgres', roles: [], replication: false },
      {
        transport: 'tcp',
        encryption: 'tls',
        address: '2001:db8::7',
        user: 'copy',
        database: '',
        roles: [],
        replication: true,
      },
    ]);
    expect(has.authenticated).toBe(false);
  });

  test('a log in another language is read, if its messages are known', async () => {
    const log = `2026-11-25 00:10:00.123 CET [5] LOG:  Verbindung empfangen: Host=10.8.0.7 Port=41022
2026-11-25 00:10:00.123 CET [5] LOG:  Verbindung authentifiziert: Identität=»app« Methode=scram-sha-256 (/etc/postgresql/16/main/pg_hba.conf:3)
2026-11-25 00:10:00.123 CET [5] LOG:  Verbindung autorisiert: Benutzer=app Datenbank=shop application_name=psql SSL an (Protokoll=TLSv1.3, Verschlüsselungsmethode=X, Bits=256)
2026-11-25 00:10:01.123 CET [6] LOG:  Verbindung empfangen: Host=10.9.9.9 Port=41023
2026-11-25 00:10:01.123 CET [6] FATAL:  Passwort-Authentifizierung für Benutzer »root« fehlgeschlagen
`;
    const { connections, failures } = observeLog(log, await loadToEnglish());
    expect(connections).toEqual([
      expect.objectContaining({
        user: 'app',
        database: 'shop',
        host: '10.8.0.7',
        encryption: 'tls',
        method: 'scram-sha-256',
      }),
    ]);
    expect(failures).toMatchObject([
      { host: '10.9.9.9', users: ['root'], reasons: { 'password authentication failed': 1 } },
    ]);
  });

  test('the rule of a failed attempt is read where DETAIL has two lines', () => {
    const log = `2026-11-25 00:10:00 UTC [5] FATAL:  password authentication failed for user "eve"
2026-11-25 00:10:00 UTC [5] DETAIL:  Role "eve" does not exist.
\tConnection matched file "/etc/postgresql/16/main/pg_hba.conf" line 4: "host all all 10.0.0.0/8 scram-sha-256"
`;
    expect(observeLog(log).failedRules).toEqual({ '/etc/postgresql/16/main/pg_hba.conf:4': 1 });
  });

  test('a name that contains the words of the message is not guessed', () => {
    const log = `2026-11-25 00:10:00 UTC [5] LOG:  connection received: host=10.1.2.3 port=5
2026-11-25 00:10:00 UTC [5] LOG:  connection authorized: user=evil database=postgres database=postgres
`;
    expect(observeLog(log).connections[0]?.host).toBeUndefined();
  });

  test('failed attempts are counted by source, with the most in one minute', () => {
    const log = [...Array(30)].map((_, at) => failed(at, '10.66.0.9', `user${at}`, at < 20 ? '10' : '11')).join('');
    const { failures, failedRules } = observeLog(log + failed(99, '10.1.1.1', 'app'));
    expect(failures.map(({ host, count, peak, moreUsers }) => [host, count, peak, moreUsers])).toEqual([
      ['10.66.0.9', 30, 20, true],
      ['10.1.1.1', 1, 1, false],
    ]);
    expect(failures[0]?.reasons).toEqual({ 'password authentication failed': 30 });
    expect(failedRules).toEqual({ '/etc/postgresql/16/main/pg_hba.conf:4': 31 });
  });
});

describe('use of rules', () => {
  test('each connection belongs to the rule that the log names', () => {
    const { rules, unattributed, moved } = use(
      `${connected(1)}\n${connected(2)}\n${connected(3, { user: 'ana', line: 4, host: '10.1.2.3' })}\n${failed(4, '10.3.3.3', 'x')}`,
    );
    expect(rules.map(({ line, count, failed }) => [line, count, failed])).toEqual([
      [2, 0, 0],
      [3, 2, 0],
      [4, 1, 1],
      [5, 0, 0],
    ]);
    expect([unattributed.length, moved]).toEqual([0, 0]);
  });

  test('where the file has changed since, the rule that matches now counts, and the difference is reported', () => {
    const { rules, moved } = use(connected(1, { line: 77 }));
    expect(rules.find(({ count }) => count > 0)?.line).toBe(3);
    expect(moved).toBe(1);
    // The line exists and has the same method, but another network.
    const other = use(connected(1, { line: 4 }), HBA.replace('10.0.0.0/8', '192.168.0.0/16'));
    expect(other.rules.map(({ count }) => count)).toEqual([0, 1, 0, 0]);
    expect(other.moved).toBe(1);
  });

  test('a role membership is known by its line alone', () => {
    const hba = 'local all postgres peer\nhost all +staff 10.0.0.0/8 scram-sha-256\nhost old old 192.168.0.0/16 md5\n';
    expect(use(connected(1, { line: 2 }), hba).rules.map(({ count }) => count)).toEqual([0, 1, 0]);
    expect(use(connected(1, { line: 3 }), hba).unattributed).toHaveLength(1);
  });

  test('a log without connections, or with more than are kept, proves no rule unused', () => {
    const none = use(failed(1, '10.3.3.3', 'x')).rules;
    expect(none.map(({ conclusive }) => conclusive)).toEqual([false, false, false, false]);
    expect(none[2]?.failed).toBe(1);
    for (const rule of none) expect(narrowerRule(HBA, { major: 16 }, rule)).toBe('inconclusive');
  });

  test('a connection that the file rejects now belongs to no rule', () => {
    expect(use(connected(1, { host: '172.16.0.1', line: 9 })).unattributed).toHaveLength(1);
  });
});

describe('a narrower rule', () => {
  const narrower = (log: string, line: number, hba = HBA) => {
    const found = use(log, hba).rules.find((rule) => rule.line === line);
    return found && narrowerRule(hba, { major: 16 }, found);
  };

  test('names who was seen, keeps the comment, and closes the rest', () => {
    const found = narrower(connected(3, { user: 'ana', line: 4, host: '10.1.2.3', database: 'wiki' }), 4);
    expect(found).toMatchObject({
      lines: ['hostssl wiki ana 10.1.2.3/32 scram-sha-256'],
      edits: [{ kind: 'replace', line: 4, text: 'hostssl wiki ana 10.1.2.3/32 scram-sha-256  # everyone' }],
      kept: 1,
    });
    expect(typeof found === 'object' && found.closes.every(({ kind }) => kind === 'closed')).toBe(true);
  });

  test('each user keeps its own databases and sources: combinations that nobody used are closed', () => {
    const log = [
      connected(1, { user: 'ana', line: 4, host: '10.1.2.3', database: 'wiki' }),
      connected(2, { user: 'bea', line: 4, host: '10.1.2.3', database: 'wiki' }),
      connected(3, { user: 'cy', line: 4, host: '10.9.9.9', database: 'erp' }),
    ].join('\n');
    expect(narrower(log, 4)).toMatchObject({
      lines: ['hostssl wiki ana,bea 10.1.2.3/32 scram-sha-256', 'hostssl erp cy 10.9.9.9/32 scram-sha-256'],
    });
  });

  test('more than four addresses are joined into networks, never beyond those of the rule', () => {
    const many = [...Array(6)].map((_, at) => connected(at, { host: `10.8.3.${at + 1}`, line: 3 })).join('\n');
    expect(narrower(many, 3, HBA.replace('host all all', 'host wiki all'))).toMatchObject({
      lines: ['hostssl shop app 10.8.3.0/24 scram-sha-256'],
    });
    expect(narrower(many, 3)).toBe('covered');
  });

  test('a rule that nobody used is removed', () => {
    expect(narrower(connected(1), 5)).toMatchObject({ lines: [], edits: [{ kind: 'delete', line: 5 }] });
  });

  test('the local rule of the administrator stays, even if nobody used it', () => {
    expect(narrower(connected(1), 2)).toBe('administrator');
  });

  test('is refused where a rule below would then match with another method', () => {
    const hba = 'host all all 10.0.0.0/8 scram-sha-256\nhost all all 0.0.0.0/0 trust\n';
    expect(narrower(connected(1, { line: 1 }), 1, hba)).toBe('unsafe');
  });

  test('keeps everyone seen and opens nothing, for any file', () => {
    let proven = 0;
    fc.assert(
      fc.property(
        hbaText({ records: 6, lookups: false, expressions: false }),
        fc.array(
          fc.record({
            user: fc.constantFrom('a', 'b', 'alice'),
            database: fc.constantFrom('a', 'b', 'shop'),
            host: fc.constantFrom('10.0.0.1', '10.1.2.3', '192.168.1.1', '2001:db8::9', '[local]'),
            tls: fc.boolean(),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        (text, tried) => {
          const hba = parseHba(text, { major: 18 });
          const connections = tried.map(
            ({ tls, ...rest }): SeenConnection => ({
              ...rest,
              replication: false,
              encryption: tls && rest.host !== '[local]' ? 'tls' : 'none',
              count: 1,
            }),
          );
          for (const rule of ruleUse(hba, seenAs(connections)).rules) {
            const found = narrowerRule(text, { major: 18 }, rule);
            if (typeof found === 'string') continue;
            proven++;
            const after = parseHba(found.text, { major: 18 });
            expect(compareAccess(hba, after).map(({ kind }) => kind)).toEqual(found.closes.map(() => 'closed'));
            const now = ruleUse(after, seenAs(rule.connections));
            expect(now.unattributed).toEqual([]);
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(proven).toBeGreaterThan(50);
  });
});
