import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../hba-analysis/decide.ts';
import { parseHba } from '../../postgres/hba/hba.ts';
import { hbaText } from '../../testing/hba-arbitrary.ts';
import { DIAGNOSIS_LIMITS, diagnose } from './diagnose.ts';

const MAJORS = [11, 13, 14, 16, 18] as const;
const causesOf = (text: string) => diagnose(text).causes.map(({ id }) => id);
/** The verdicts, and what else was recognized. */
const recognizedIn = (text: string) => {
  const { causes, also } = diagnose(text);
  return [...causes, ...also].map(({ id }) => id);
};
const off = (major: number) => (major < 14 ? 'SSL off' : 'no encryption');
const on = (major: number) => (major < 14 ? 'SSL on' : 'SSL encryption');
const psql = (major: number, message: string, host = '"db.example.com" (203.0.113.7), port 5432') =>
  major >= 14
    ? `psql: error: connection to server at ${host} failed: ${message}`
    : `psql: ${major >= 12 ? 'error: ' : ''}${message}`;
const noEntry = (major: number, encryption: string, host = '203.0.113.9') =>
  psql(major, `FATAL:  no pg_hba.conf entry for host "${host}", user "app", database "app", ${encryption}`);
const matched = (major: number) =>
  major >= 16
    ? 'DETAIL:  Connection matched file "/etc/postgresql/16/main/pg_hba.conf" line 7: "host all all all scram-sha-256"'
    : 'DETAIL:  Connection matched pg_hba.conf line 7: "host all all all scram-sha-256"';
const context = (major: number) =>
  `CONTEXT:  line 4 of configuration file "${major >= 16 ? '/etc/postgresql/16/main/pg_hba.conf' : 'pg_hba.conf'}"`;

/** Common mistakes, in the wording of each major, and the expected diagnosis. */
const mistakes: readonly (readonly [string, (major: number) => string, string])[] = [
  ['a client without TLS, where only hostssl matches', (major) => noEntry(major, off(major)), 'no-entry-without-tls'],
  [
    'an unexpected address',
    (major) => `${noEntry(major, on(major), '172.17.0.1')}\n${noEntry(major, off(major), '172.17.0.2')}`,
    'no-entry',
  ],
  ['a client over IPv6', (major) => noEntry(major, off(major), 'fd0c::9'), 'no-entry-ipv6'],
  [
    'a broader record above',
    (major) => `FATAL:  password authentication failed for user "app"\n${matched(major)}`,
    'matched-record',
  ],
  [
    'an address without its length',
    (major) => `LOG:  invalid IP mask "md5": Name or service not known\n${context(major)}`,
    'address-without-mask',
  ],
  [
    'a name with a length',
    (major) => `LOG:  specifying both host name and CIDR mask is invalid: "host.example/32"\n${context(major)}`,
    'name-with-mask',
  ],
  ['0.0.0.0/32 for everybody', (major) => noEntry(major, on(major)), 'no-entry'],
  [
    'listen_addresses still localhost',
    (major) =>
      major >= 14
        ? psql(major, 'Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?')
        : 'could not connect to server: Connection refused\n\tIs the server running on host "db.example.com" (203.0.113.7) and accepting\n\tTCP/IP connections on port 5432?',
    'connection-refused',
  ],
  [
    "an address that is not the server's",
    (major) =>
      `LOG:  could not bind IPv4 address "203.0.113.7": Cannot assign requested address\n${major < 14 ? 'HINT:  Is another postmaster already running on port 5432? If not, wait a few seconds and retry.\n' : ''}WARNING:  could not create listen socket for "203.0.113.7"\nFATAL:  could not create any TCP/IP sockets`,
    'address-not-own',
  ],
  [
    'a firewall that drops',
    (major) =>
      major >= 14
        ? psql(major, 'Connection timed out')
        : 'could not connect to server: Connection timed out\n\tIs the server running on host "db.example.com" (203.0.113.7) and accepting',
    'timed-out',
  ],
  [
    'a port published by Docker',
    () => '4b1d  postgres:16  "docker-entrypoint.s…"  Up 2 days  0.0.0.0:5432->5432/tcp, [::]:5432->5432/tcp  db',
    'docker-published-port',
  ],
  [
    'all does not mean replication',
    (major) =>
      `FATAL:  no pg_hba.conf entry for replication connection from host "203.0.113.9", user "replicator", ${off(major)}`,
    'no-entry-replication',
  ],
  [
    'peer on the socket',
    (major) =>
      major >= 14
        ? 'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: FATAL:  Peer authentication failed for user "postgres"'
        : psql(major, 'FATAL:  Peer authentication failed for user "postgres"'),
    'peer-failed',
  ],
  ['ident over TCP', (major) => psql(major, 'FATAL:  Ident authentication failed for user "app"'), 'ident-failed'],
  [
    'an md5 secret under scram-sha-256',
    (major) =>
      `FATAL:  password authentication failed for user "app"\nDETAIL:  User "app" does not have a valid SCRAM ${major >= 13 ? 'secret' : 'verifier'}.\n\t${matched(major).slice(9)}`,
    'md5-secret',
  ],
  [
    'a client too old for SCRAM',
    () => 'psql: SCRAM authentication requires libpq version 10 or above',
    'client-too-old',
  ],
  [
    'a reload that was refused',
    (major) =>
      `LOG:  end-of-line before authentication method\n${context(major)}\nLOG:  ${major >= 16 ? '/etc/postgresql/16/main/' : ''}pg_hba.conf was not reloaded`,
    'file-not-loaded',
  ],
  [
    'a start without a file',
    (major) => `${context(major)}\nFATAL:  could not load ${major >= 16 ? '/etc/postgresql/16/main/' : ''}pg_hba.conf`,
    'file-not-loaded',
  ],
  [
    'an address on a local record',
    (major) => `LOG:  invalid authentication method "127.0.0.1/32"\n${context(major)}`,
    'address-on-local-record',
  ],
  [
    'a file overwritten in place',
    (major) => `LOG:  invalid connection type "entication"\n${context(major)}`,
    'unknown-connection-type',
  ],
  [
    'an explicit reject',
    (major) =>
      psql(
        major,
        `FATAL:  pg_hba.conf rejects connection for host "203.0.113.9", user "app", database "app", ${on(major)}`,
      ),
    'rejected-by-record',
  ],
];

describe('common mistakes', () => {
  test.each(mistakes)('%s is recognized in the wording of 11, 13, 14, 16 and 18', (_, text, cause) => {
    for (const major of MAJORS)
      expect([text(major), recognizedIn(text(major))]).toEqual([text(major), expect.arrayContaining([cause])]);
  });

  test('ambiguity is kept: a refused connection may have any of five causes', () => {
    const [found] = diagnose('Connection refused').causes;
    expect(found?.couldBe.map(({ what }) => what).join('\n')).toMatch(/listen_addresses.*\n.*only reloaded/);
  });

  test('0.0.0.0/32 and a changed address are among the possible causes of a missing record', () => {
    const [found] = diagnose(noEntry(18, on(18))).causes;
    const said = found?.couldBe.map(({ what }) => what).join('\n') ?? '';
    expect(said).toContain('0.0.0.0/32');
    expect(said).toContain('Docker');
  });

  test('the two lines of sslmode=prefer are one cause, which is not the encryption', () => {
    const text = `${noEntry(15, 'SSL encryption')}\nconnection to server at "db" (203.0.113.7), port 5432 failed: FATAL:  no pg_hba.conf entry for host "203.0.113.9", user "app", database "app", no encryption`;
    expect(causesOf(text)).toEqual(['no-entry']);
    expect(diagnose(text).refusals).toHaveLength(2);
  });

  test('two addresses for one attempt are shown', () => {
    expect(diagnose(`${noEntry(18, on(18), '10.0.0.1')}\n${noEntry(18, off(18), '10.0.0.2')}`).hosts).toEqual([
      '10.0.0.1',
      '10.0.0.2',
    ]);
  });
});

describe('every format in which the message is written', () => {
  const message = 'no pg_hba.conf entry for host "203.0.113.9", user "app", database "app", no encryption';
  const csv = `2026-11-25 00:10:00.123 UTC,"app","app",4711,"203.0.113.9:41022",6744f3a8.1267,1,"authentication",2026-11-25 00:10:00 UTC,3/1,0,FATAL,28000,"${message.replaceAll('"', '""')}",,,,,,,,,"","client backend",,0`;
  const json = JSON.stringify({
    timestamp: '2026-11-25 00:10:00.123 UTC',
    user: 'app',
    error_severity: 'FATAL',
    state_code: '28000',
    message,
  });
  test.each([
    ['psql', `psql: error: connection to server at "db" (203.0.113.7), port 5432 failed: FATAL:  ${message}`],
    ['JDBC', `org.postgresql.util.PSQLException: FATAL: ${message}`],
    ['Npgsql', `Npgsql.PostgresException (0x80004005): 28000: ${message}`],
    ['node-postgres', `error: ${message}`],
    ['an error as JSON', JSON.stringify({ level: 'error', err: { message } })],
    ['a page', `FATAL: ${message.replaceAll('"', '&quot;')}`],
    ['a chat', `FATAL: ${message.replace(/"([^"]*)"/g, '“$1”')}`],
    ['a log with %m [%p] %q%u@%d', `2026-11-25 00:10:00.123 UTC [4711] app@app FATAL:  ${message}`],
    ['a log with syslog', `Nov 25 00:10:00 db postgres[4711]: [3-1] FATAL:  ${message}`],
    ['a log with \\r\\n', `FATAL:  ${message}\r\n`],
    ['csvlog', csv],
    ['jsonlog', json],
  ])('%s', (_, text) => {
    const found = diagnose(text);
    expect(found.causes.map(({ id }) => id)).toEqual(['no-entry-without-tls']);
    expect(found.refusals).toEqual([
      {
        kind: 'no-entry',
        host: '203.0.113.9',
        user: 'app',
        database: 'app',
        replication: false,
        encryption: 'none',
        majors: '14 and later',
      },
    ]);
  });

  test('the details of csvlog and jsonlog count', () => {
    const detail =
      'User "app" does not have a valid SCRAM secret.\nConnection matched pg_hba.conf line 1: "host all all all scram-sha-256"';
    const failed = 'password authentication failed for user "app"';
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const asCsv = csv.replace(`"${message.replaceAll('"', '""')}",`, `${quoted(failed)},${quoted(detail)}`);
    const asJson = JSON.stringify({ error_severity: 'FATAL', message: failed, detail });
    for (const text of [asCsv, asJson]) {
      expect(causesOf(text)).toEqual(['md5-secret']);
      expect(recognizedIn(text)).toContain('matched-record');
      expect(diagnose(text).matched).toEqual([{ line: 1, record: 'host all all all scram-sha-256' }]);
    }
  });
});

describe('a rejection compared with the file', () => {
  const refusedWith = (hba: string, text: string, more: object = {}) =>
    diagnose(text, { hba, major: 18, ...more }).against[0];

  test('TLS in the client is enough if there is a hostssl record', () => {
    const hba = 'local all all peer\nhostssl app app 203.0.113.0/24 scram-sha-256\n';
    const found = refusedWith(hba, noEntry(18, off(18)));
    expect(found?.agrees).toBe(true);
    expect(found?.remedy).toEqual({ kind: 'client-tls', by: { line: 2 }, serverToo: false });
    expect(found?.passed.map(({ reason }) => reason)).toEqual([
      'The rule is for the Unix socket, and the client connects over TCP.',
      'The rule is only for TLS connections, and the client connects unencrypted.',
    ]);
    expect(refusedWith(hba, noEntry(18, off(18)), { conf: '#ssl = on\n' })?.remedy).toMatchObject({ serverToo: true });
    expect(refusedWith(hba, noEntry(18, off(18)), { conf: 'ssl = on\n' })?.remedy).toMatchObject({ serverToo: false });
  });

  test('otherwise one record for this role, database and address, where it takes effect', () => {
    const hba = 'local all all peer\nhost all all 0.0.0.0/32 md5\nhost all all all reject\n';
    const found = refusedWith(
      hba,
      psql(
        18,
        'FATAL:  pg_hba.conf rejects connection for host "203.0.113.9", user "app", database "Shop", SSL encryption',
      ),
    );
    expect(found?.agrees).toBe(true);
    expect(found?.verdict).toBe('Line 3 says reject, and it is the first rule that matches.');
    expect(found?.passed[1]?.reason).toBe(
      '0.0.0.0/32 matches almost nothing. For all of IPv4, the prefix length is /0.',
    );
    expect(found?.remedy).toMatchObject({
      kind: 'record',
      record: 'hostssl Shop app 203.0.113.9/32 scram-sha-256',
      placement: { line: 3 },
    });
    const opened = found?.remedy?.kind === 'record' ? found.remedy.placement.changes : [];
    expect(opened).toHaveLength(1);
    expect(opened[0]).toMatchObject({
      kind: 'opened',
      addresses: ['203.0.113.9/32'],
      databases: ['Shop'],
      users: ['app'],
    });
  });

  test('IPv6 gets /128, and IPv4 records are said not to match it', () => {
    const found = refusedWith('host all all 0.0.0.0/0 scram-sha-256\n', noEntry(18, on(18), '2001:db8::9'));
    expect(found?.passed[0]?.reason).toBe('0.0.0.0/0 contains only IPv4 addresses, and the client connects over IPv6.');
    expect(found?.remedy).toMatchObject({ record: 'hostssl app app 2001:db8::9/128 scram-sha-256' });
  });

  test('replication gets its keyword, which all does not include', () => {
    const found = refusedWith(
      'host all all all scram-sha-256\n',
      `FATAL:  no pg_hba.conf entry for replication connection from host "203.0.113.9", user "replicator", no encryption`,
    );
    expect(found?.passed[0]?.reason).toBe("The rule doesn't name `replication`, which `all` doesn't include.");
    expect(found?.remedy).toMatchObject({ record: 'hostssl replication replicator 203.0.113.9/32 scram-sha-256' });
  });

  test('an allowing record below a reject is shown, and a file that would allow the client is not the one in force', () => {
    const text = psql(
      18,
      'FATAL:  pg_hba.conf rejects connection for host "203.0.113.9", user "app", database "app", SSL encryption',
    );
    expect(refusedWith('host all all all reject\nhostssl app app 203.0.113.9/32 scram-sha-256\n', text)?.below).toEqual(
      { line: 2 },
    );
    const other = refusedWith('host all all all scram-sha-256\n', text);
    expect(other?.agrees).toBe(false);
    expect(other?.verdict).toContain('SHOW hba_file');
    expect(other?.remedy).toBeUndefined();
  });

  test('a file with a wrong line is not the one in force', () => {
    expect(refusedWith('host all all 10.0.0.1 md5\n', noEntry(18, on(18)))?.verdict).toContain('line 1');
  });

  test('the line that a log names is compared with the line of the file', () => {
    const hba = 'host all all all scram-sha-256\n';
    const log = (line: number) =>
      `DETAIL:  Connection matched file "/srv/pg_hba.conf" line ${line}: "host all all all scram-sha-256"`;
    expect(diagnose(log(1), { hba }).matched[0]?.agrees).toBe(true);
    expect(diagnose(log(2), { hba }).matched[0]?.agrees).toBe(false);
  });

  test('a suggested fix allows one role, one database and one address, with a password over TLS, for any file', () => {
    fc.assert(
      fc.property(
        hbaText({ records: 6, lookups: false, expressions: false }),
        fc.constantFrom('203.0.113.9', '2001:db8::9', '10.1.2.3'),
        fc.boolean(),
        (hba, address, tls) => {
          const host = {
            transport: 'tcp',
            address,
            user: 'alice',
            database: 'shop',
            roles: [],
            replication: false,
          } as const;
          const connection = { ...host, encryption: tls ? 'tls' : 'none' } as const;
          const { message } = decide(parseHba(hba, { major: 18 }), connection);
          if (message === undefined) return;
          const found = diagnose(`FATAL:  ${message}`, { hba, major: 18 }).against[0];
          expect(found?.connection).toEqual(connection);
          if (found?.remedy?.kind !== 'record') return;
          expect(found.remedy.record).toMatch(/^hostssl \S+ \S+ \S+\/(32|128) scram-sha-256$/);
          expect(
            decide(parseHba(found.remedy.placement.text, { major: 18 }), { ...connection, encryption: 'tls' }),
          ).toMatchObject({ method: 'scram-sha-256' });
          for (const change of found.remedy.placement.changes) {
            expect(['opened', 'method', 'unknown']).toContain(change.kind);
            expect(change.connections).toEqual(['tls']);
            expect(change.addresses).toHaveLength(1);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what a client says about its password file', () => {
  test('a file that others can read is the cause, and the missing password follows', () => {
    const { causes, also } = diagnose(
      'WARNING: password file "/home/ana/.pgpass" has group or world access; permissions should be u=rw (0600) or less\npsql: error: connection to server at "db.example.com" (203.0.113.7), port 5432 failed: fe_sendauth: no password supplied',
    );
    expect(causes.map(({ id, commands }) => [id, commands.map(({ text }) => text)])).toEqual([
      ['pgpass-ignored', ['ls -l /home/ana/.pgpass', 'chmod 0600 /home/ana/.pgpass']],
    ]);
    expect(also.map(({ id, because }) => [id, because])).toEqual([['no-password-given', 'follows']]);
  });

  test('a rejected password from the file names the file', () => {
    const [found] = diagnose(
      'psql: error: connection to server at "db.example.com" (203.0.113.7), port 5432 failed: FATAL:  password authentication failed for user "ana"\npassword retrieved from file "/home/ana/.pgpass"',
    ).causes;
    expect(found?.id).toBe('password-refused');
    expect(found?.fix).toContain('in /home/ana/.pgpass');
  });
});

describe('one verdict for each attempt', () => {
  const verdicts = (text: string) => {
    const { causes, also } = diagnose(text);
    return [causes.map(({ id }) => id), also.map(({ id, because }) => `${id} ${because}`)];
  };
  test.each([
    [
      'the attempt without TLS after one with TLS',
      'psql: error: connection to server at "db" (203.0.113.7), port 5432 failed: FATAL:  password authentication failed for user "app"\nconnection to server at "db" (203.0.113.7), port 5432 failed: FATAL:  no pg_hba.conf entry for host "203.0.113.9", user "app", database "app", no encryption',
      [['password-refused'], ['no-entry-without-tls earlier']],
    ],
    [
      'the first address of several',
      'psql: error: connection to server at "db" (2001:db8::7), port 5432 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?\nconnection to server at "db" (203.0.113.7), port 5432 failed: FATAL:  database "shop" does not exist',
      [['database-missing'], ['connection-refused earlier']],
    ],
    [
      'a log in which another client failed',
      'psql: error: connection to server at "db" (203.0.113.7), port 5432 failed: FATAL:  password authentication failed for user "app"\n2026-11-25 00:10:00 UTC [7] FATAL:  role "root" does not exist\n2026-11-25 00:10:00 UTC [8] FATAL:  password authentication failed for user "app"\n2026-11-25 00:10:00 UTC [8] DETAIL:  User "app" has no password assigned.',
      [['no-password-stored'], ['password-refused follows', 'role-missing unrelated']],
    ],
    [
      'a statement that failed in a session',
      '2026-11-25 00:10:00 UTC [7] ERROR:  role "ghost" does not exist\n2026-11-25 00:10:00 UTC [7] STATEMENT:  DROP ROLE ghost;\n2026-11-25 00:10:00 UTC [8] FATAL:  sorry, too many clients already',
      [['too-many-connections'], []],
    ],
    [
      'a server that has started since',
      '2026-11-25 00:10:00 UTC [7] FATAL:  the database system is starting up\n2026-11-25 00:10:01 UTC [1] LOG:  database system is ready to accept connections\n2026-11-25 00:10:02 UTC [8] FATAL:  database "shop" does not exist',
      [['database-missing'], ['server-starting earlier']],
    ],
    [
      'the general message where the log has the step of LDAP',
      'psql: error: connection to server at "db" (203.0.113.10), port 5432 failed: FATAL:  LDAP authentication failed for user "app"\nLOG:  LDAP login failed for user "uid=app,dc=example,dc=com" on server "ldap.example.com": Invalid credentials\nFATAL:  LDAP authentication failed for user "app"',
      [['ldap-password-rejected'], ['other-method-failed follows']],
    ],
  ])('%s is listed apart', (_, text, expected) => expect(verdicts(text)).toEqual(expected));
});

describe('a text of any kind', () => {
  test('never throws, and unrecognized text gets a way out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 300 }), fc.string({ maxLength: 60 }), (text, hba) => {
        const found = diagnose(text, { hba });
        expect(found.causes.length > 0 || found.wayOut !== undefined).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(diagnose('the coffee machine is broken').causes).toEqual([]);
    expect(diagnose('the coffee machine is broken').wayOut).toContain('log');
    expect(diagnose('').wayOut).toBeDefined();
  });

  test('pieces of messages in any order never throw', () => {
    const piece = fc.constantFrom(
      'no pg_hba.conf entry for ',
      'host "',
      '", user "',
      '", database "',
      '", no encryption',
      '"',
      '\n',
      '{',
      '}',
      ',',
      'Connection matched ',
      'file "',
      'line 9: "',
      '2026-11-25 00:10:00.123 UTC,',
      '\0',
      '%lo0',
      '::',
      '\u{1F600}',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        (pieces) => void diagnose(pieces.join(''), { hba: 'host all all all md5' }),
      ),
      { numRuns: 500 },
    );
  });

  test('names that look like the message are not taken for its fields', () => {
    const found = diagnose(
      'FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "x", database "y", user "z", database "app", no encryption',
      { hba: 'local all all peer' },
    );
    expect(found.refusals).toEqual([]);
    expect(found.against).toEqual([]);
    expect(found.causes).toHaveLength(1);
  });

  test('a name with a line break makes no record', () => {
    const found = diagnose(
      JSON.stringify({
        message: 'no pg_hba.conf entry for host "10.0.0.1", user "a\rb", database "app", no encryption',
      }),
      { hba: 'local all all peer' },
    );
    expect(found.against[0]?.remedy).toBeUndefined();
  });

  test('text beyond the limit is cut, and the result says so', () => {
    for (const long of [
      'x'.repeat(DIAGNOSIS_LIMITS.text + 1),
      '\n'.repeat(DIAGNOSIS_LIMITS.text),
      'a\n'.repeat(DIAGNOSIS_LIMITS.lines + 1),
      '2026-11-25 00:10:00 UTC,"'.repeat(9000),
    ])
      expect(diagnose(long).causes).toEqual([]);
    expect(diagnose('x'.repeat(DIAGNOSIS_LIMITS.text + 1)).cut).toBe(true);
    expect(diagnose('a\n'.repeat(DIAGNOSIS_LIMITS.lines + 1)).cut).toBe(true);
    expect(diagnose('short').cut).toBe(false);
  });
});
