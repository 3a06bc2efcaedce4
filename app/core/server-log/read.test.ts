import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { opened } from './envelope.ts';
import { labeled, readPrefix } from './prefix.ts';
import { RecordReader, readRecords } from './read.ts';
import type { LogRecord } from './record.ts';
import { csvRecord, ofCsv, ofJson } from './structured.ts';

const MESSAGE = 'password authentication failed for user "app"';

describe('the envelope around a line', () => {
  test.each([
    ['Docker Compose', 'db-1  | FATAL:  x', { text: 'FATAL:  x', source: 'db-1' }],
    ['Docker Compose 1', 'app_db_1    | \tTCP/IP', { text: '\tTCP/IP', source: 'app_db_1' }],
    ['kubectl', '[pod/db-0/postgres] FATAL:  x', { text: 'FATAL:  x', source: 'db-0/postgres' }],
    ['the container runtime', '2026-11-25T00:10:00.123456789Z stderr F FATAL:  x', { text: 'FATAL:  x' }],
    ['Stern with JSON', 'db-0 postgres {"level":"info"}', { text: '{"level":"info"}', source: 'db-0 postgres' }],
    [
      'syslog',
      '<134>Nov 25 00:10:00 db postgres[4711]: [3-1] FATAL:  x',
      { text: 'FATAL:  x', source: 'db', program: 'postgres', process: '4711' },
    ],
    [
      'journald with ISO times, and a tab that rsyslog escaped',
      '2026-11-25T00:10:00+01:00 db postgres[4711]: #011Connection matched',
      { text: '\tConnection matched', source: 'db', program: 'postgres', process: '4711' },
    ],
    [
      'syslog without a process',
      'Nov  8 10:52:30 db postgres_exporter: pq: x',
      { text: 'pq: x', source: 'db', program: 'postgres_exporter' },
    ],
    [
      'Docker Compose around syslog',
      'log-1 | Nov 25 00:10:00 db postgres[7]: LOG:  x',
      { text: 'LOG:  x', source: 'log-1', program: 'postgres', process: '7' },
    ],
  ])('%s', (_, line, expected) => expect(opened(line)).toEqual(expected));

  test.each([
    'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "app", database "app", no encryption',
    '2026-11-25 00:10:00.123 UTC [4711] LOG:  x',
    'psql: error: connection to server at "db" (10.0.0.5), port 5432 failed: FATAL:  x',
    'Caused by: java.net.UnknownHostException: db',
    '{"level":"info"}',
  ])('none: %s', (line) => expect(opened(line)).toEqual({ text: line }));
});

describe('the prefix of a line', () => {
  test.each([
    ['%m [%p] ', '2026-11-25 00:10:00.123 UTC [4711] ', { time: '2026-11-25 00:10:00.123 UTC', process: '4711' }],
    [
      '%m [%p] %q%u@%d ',
      '2026-11-25 00:10:00.123 CET [4711] app@shop ',
      { time: '2026-11-25 00:10:00.123 CET', process: '4711', user: 'app', database: 'shop' },
    ],
    [
      '%t [%p]: user=%u,db=%d,app=%a,client=%h ',
      '2026-11-25 00:10:00 UTC [4711]: user=app,db=shop,app=psql,client=10.0.0.9 ',
      { time: '2026-11-25 00:10:00 UTC', process: '4711', user: 'app', database: 'shop', host: '10.0.0.9' },
    ],
    [
      'Amazon RDS',
      '2026-11-25 00:10:00 UTC:10.0.0.9(55222):app@shop:[4711]:',
      { time: '2026-11-25 00:10:00 UTC', process: '4711', user: 'app', database: 'shop', host: '10.0.0.9' },
    ],
    [
      '%c and %e',
      '2020-09-08 07:35:04 UTC [440]: [5f573428.1b8-2] postgres@postgres,app=[unknown] [28P01] ',
      { process: '5f573428.1b8', sqlstate: '28P01', user: 'postgres', database: 'postgres' },
    ],
    ['%n', '1764028800.123 [4711] ', { time: '1764028800.123', process: '4711' }],
    ['IPv6', '2026-11-25 00:10:00 UTC [7] 2001:db8::9(5000) ', { host: '2001:db8::9' }],
  ])('%s', (_, prefix, expected) => expect(readPrefix(prefix)).toMatchObject(expected));

  test.each(['', 'psql: error: ', 'org.postgresql.util.PSQLException: '])('says nothing: %s', (prefix) => {
    expect(readPrefix(prefix)).toEqual({});
  });

  test.each([
    ['2026-11-25 00:10:00.123 UTC [4711] FATAL:  x', 'FATAL', 'x'],
    ['db: FATAL: x', 'FATAL', 'x'],
    ["LOG:  statement: SELECT 'ERROR:  x'", 'LOG', "statement: SELECT 'ERROR:  x'"],
    ['DEBUG2:  x', 'DEBUG', 'x'],
  ])('ends where the severity begins: %s', (line, word, message) =>
    expect(labeled(line)).toMatchObject({ word, message }),
  );

  test.each(['no severity', 'CATALOG:  x', 'error: x', 'SYSLOG: x'])('has no severity: %s', (line) =>
    expect(labeled(line)).toBeUndefined(),
  );
});

const parts = (text: string) =>
  readRecords(text).map(({ severity, message, detail, statement, process, source }) => ({
    ...(severity === undefined ? {} : { severity }),
    message,
    ...(detail === undefined ? {} : { detail }),
    ...(statement === undefined ? {} : { statement }),
    ...(process === undefined ? {} : { process }),
    ...(source === undefined ? {} : { source }),
  }));

const csv = `2026-11-25 00:10:00.123 UTC,"app","shop",4711,"10.0.0.9:55222",6747.1267,2,"authentication",2026-11-25 00:10:00 UTC,5/6,0,FATAL,28P01,"password authentication failed for user ""app""","Connection matched
on two lines",,,,,,,,"","client backend",,0`;

/** One record of a rejected password, with its detail, as each program writes it. */
const rejected: readonly (readonly [string, string])[] = [
  ['csvlog, with a line break in a field', csv],
  [
    'jsonlog',
    JSON.stringify({
      timestamp: '2026-11-25 00:10:00.123 UTC',
      user: 'app',
      dbname: 'shop',
      pid: 4711,
      remote_host: '10.0.0.9',
      error_severity: 'FATAL',
      state_code: '28P01',
      message: MESSAGE,
      detail: 'Connection matched\non two lines',
    }),
  ],
  [
    'CloudNativePG',
    `db-1  | ${JSON.stringify({
      level: 'info',
      logger: 'postgres',
      msg: 'record',
      record: {
        log_time: '2026-11-25 00:10:00.123 UTC',
        user_name: 'app',
        database_name: 'shop',
        process_id: '4711',
        connection_from: '10.0.0.9:55222',
        error_severity: 'FATAL',
        sql_state_code: '28P01',
        message: MESSAGE,
        detail: 'Connection matched\non two lines',
      },
    })}`,
  ],
  [
    'Supabase',
    JSON.stringify({
      event_message: MESSAGE,
      metadata: [
        {
          parsed: [
            {
              user_name: 'app',
              database_name: 'shop',
              process_id: 4711,
              connection_from: '10.0.0.9:55222',
              error_severity: 'FATAL',
              sql_state_code: '28P01',
              detail: 'Connection matched\non two lines',
            },
          ],
        },
      ],
    }),
  ],
];

describe('records with fields', () => {
  test.each(rejected)('%s', (_, text) => {
    const [record, ...more] = readRecords(text);
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      writer: 'server',
      severity: 'FATAL',
      sqlstate: '28P01',
      user: 'app',
      database: 'shop',
      host: '10.0.0.9',
      message: MESSAGE,
      detail: 'Connection matched\non two lines',
      lines: [`FATAL:  ${MESSAGE}`, 'DETAIL:  Connection matched', 'on two lines'],
    });
  });

  test('Cloud SQL, Azure and applications wrap the text of a line', () => {
    const google = { textPayload: `2026-11-25 00:10:00.123 UTC [4711]: db=shop,user=app FATAL:  ${MESSAGE}` };
    const azure = { properties: { message: `2026-11-25 00:10:00 UTC-66321230.1267-FATAL:  ${MESSAGE}`, detail: 'D' } };
    const go = { level: 'error', msg: 'cannot connect', error: `pq: ${MESSAGE}` };
    expect(readRecords(JSON.stringify(google))).toMatchObject([{ message: MESSAGE, user: 'app', process: '4711' }]);
    expect(readRecords(JSON.stringify(azure))).toMatchObject([{ message: MESSAGE, detail: 'D' }]);
    expect(readRecords(JSON.stringify(go)).map(({ message }) => message)).toEqual(['cannot connect', `pq: ${MESSAGE}`]);
  });

  test.each(['{', '{"a":1}', '[]', '{"message":5}', '{"record":null}', 'null', '{"metadata":[]}'])(
    'JSON without a message is text: %s',
    (line) => {
      const read = ofJson(line);
      expect(read === undefined || 'text' in read).toBe(true);
      expect(readRecords(line).length).toBeGreaterThan(0);
    },
  );

  test('JSON of more than 20,000 characters is text', () => {
    const line = (length: number) => JSON.stringify({ message: 'x', detail: 'd'.repeat(length) });
    expect(ofJson(line(1000))).toBeDefined();
    expect(ofJson(line(20_000))).toBeUndefined();
  });

  test('a line with commas is no csvlog without a time and a message', () => {
    expect(csvRecord('a,b,c', 0)).toBeUndefined();
    const read = csvRecord('2026-11-25 00:10:00 UTC,a,b\n', 0);
    expect(typeof read === 'object' && ofCsv(read.fields)).toBeUndefined();
    expect(csvRecord('2026-11-25 00:10:00 UTC,"a', 0)).toBe('open');
  });
});

describe('records of several lines', () => {
  test('labels and indented lines belong to the record before them', () => {
    const text = [
      `2026-11-25 00:10:00 UTC [7] FATAL:  ${MESSAGE}`,
      '2026-11-25 00:10:00 UTC [7] DETAIL:  Role "app" does not exist.',
      '\tConnection matched pg_hba.conf line 9: "host all all all md5"',
      '2026-11-25 00:10:01 UTC [8] ERROR:  relation "a" does not exist at character 15',
      '2026-11-25 00:10:01 UTC [8] STATEMENT:  SELECT FATAL FROM a',
      '\t  WHERE b',
    ].join('\n');
    expect(parts(text)).toEqual([
      {
        severity: 'FATAL',
        message: MESSAGE,
        detail: 'Role "app" does not exist.\nConnection matched pg_hba.conf line 9: "host all all all md5"',
        process: '7',
      },
      {
        severity: 'ERROR',
        message: 'relation "a" does not exist at character 15',
        statement: 'SELECT FATAL FROM a\nWHERE b',
        process: '8',
      },
    ]);
  });

  test('a label of another process or container begins a record of its own', () => {
    const processes = '2026-11-25 00:10:00 UTC [7] FATAL:  x\n2026-11-25 00:10:00 UTC [8] DETAIL:  y';
    expect(parts(processes)).toEqual([
      { severity: 'FATAL', message: 'x', process: '7' },
      { message: '', detail: 'y', process: '8' },
    ]);
    const containers = 'db-1  | FATAL:  x\napp-1 | DETAIL:  y';
    expect(parts(containers)).toEqual([
      { severity: 'FATAL', message: 'x', source: 'db-1' },
      { message: '', detail: 'y', source: 'app-1' },
    ]);
  });

  test('several records in one line are read one by one', () => {
    const line =
      'Error: /usr/lib/postgresql/16/bin/pg_ctl start exited with status 1: 2026-11-25 00:10:00.123 UTC [7] FATAL:  x 2026-11-25 00:10:00.124 UTC [7] DETAIL:  y';
    expect(parts(line).slice(1)).toEqual([{ severity: 'FATAL', message: 'x', detail: 'y', process: '7' }]);
    const compose = 'postgres  | 2026-11-25 00:10:00.123 UTC [7] FATAL:  x';
    expect(parts(compose)).toEqual([{ severity: 'FATAL', message: 'x', process: '7', source: 'postgres' }]);
    const twice = '2026-11-25 01:10:00 2026-11-25 00:10:00.123 UTC [7] FATAL:  x';
    expect(parts(twice)).toMatchObject([{ severity: 'FATAL', message: 'x' }]);
  });

  test('the attempts of libpq in one line are read one by one', () => {
    const line =
      'psql: error: connection to server at "a" (10.0.0.1), port 5432 failed: x connection to server at "a" (10.0.0.2), port 5432 failed: y';
    expect(readRecords(line).map(({ message }) => message.slice(-1))).toEqual(['x', 'y']);
  });
});

describe('who wrote a record', () => {
  test.each([
    ['server', `2026-11-25 00:10:00.123 UTC [7] FATAL:  ${MESSAGE}`],
    ['server', 'LOG:  x'],
    ['client', `psql: error: connection to server at "db", port 5432 failed: FATAL:  ${MESSAGE}`],
    ['client', `psycopg2.OperationalError: FATAL:  ${MESSAGE}`],
    ['client', 'Error: connect ECONNREFUSED 10.0.0.5:5432'],
    ['pooler', '2026-11-25 00:10:00.123 UTC [7] LOG C-0x5581: shop/app@10.0.0.4:40360 closing because: x'],
    ['pooler', '2026-11-25 00:10:00: pid 150: ERROR:  x'],
    ['pooler', '2023-11-14T04:19:57.260026Z ERROR pgcat::server: x'],
    ['pooler', 'pgbouncer-1  | FATAL:  x'],
    ['proxy', 'Sep  9 09:39:37 lb haproxy[1132]: x'],
    ['unknown', `FATAL:  ${MESSAGE}`],
  ])('%s: %s', (writer, text) => expect(readRecords(text)[0]?.writer).toBe(writer));
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...rejected.map(([, text]) => text),
      'FATAL:  x',
      'DETAIL:  y',
      '\tz',
      'db-1  | ',
      '{"message":',
      '2026-11-25 00:10:00 UTC,"',
      '\\n',
      '\n',
      '"',
      '\u0000',
      ' 2026-11-25 00:10:00 UTC [1] LOG: ',
      'connection to server at "a" failed: ',
    ),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  );
  const texts = fc.array(piece, { maxLength: 30 }).map((all) => all.join(''));

  test('is read without an exception, the same in pieces as in one', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat({ max: 600 }), { maxLength: 6 }), (text, cuts) => {
        const reader = new RecordReader();
        const at = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].toSorted((a, b) => a - b);
        const records: LogRecord[] = at.slice(1).flatMap((end, index) => reader.push(text.slice(at[index], end)));
        expect([...records, ...reader.end()]).toEqual(readRecords(text));
      }),
    );
  });

  const SIZE = 1_000_000;
  test.each([
    ['one letter', 'a'],
    ['brackets', '['],
    ['opening braces', '{'],
    ['pairs of brackets', '[1]'],
    ['digits', '1'],
    ['blanks', ' '],
    ['bars', '| '],
    ['quotation marks', '"'],
    ['colons', ':'],
    ['line breaks', '\n'],
    ['escaped line breaks', '\\n'],
    ['backslashes', '\\'],
    ['severities', 'FATAL: '],
    ['times', '2026-11-25 00:10:00 UTC [1] '],
    ['lines of csvlog that do not end', '2026-11-25 00:10:00 UTC,"\n'],
    ['attempts of libpq', 'connection to server at '],
    ['braces on lines', '{"\n'],
  ])('a megabyte of %s takes time proportional to its length', (_, unit) => {
    const timeOf = (length: number) => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      const start = performance.now();
      readRecords(text);
      return performance.now() - start;
    };
    timeOf(SIZE / 20);
    const quarter = Math.max(timeOf(SIZE / 4), 50);
    // Four times the text; a quadratic reader needs sixteen times as long.
    expect(timeOf(SIZE)).toBeLessThan(quarter * 10);
  });
});
