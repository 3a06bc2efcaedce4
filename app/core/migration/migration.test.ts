import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareAccess } from '../hba-analysis/compare.ts';
import { parseHba } from '../postgres/hba/hba.ts';
import { MAJORS } from '../postgres/release.ts';
import { filesToTry, patience } from '../testing/files.ts';
import { hbaText } from '../testing/hba-arbitrary.ts';
import { drivers } from './drivers.ts';
import { MIGRATION_GOALS, type MigrationGoal, planMigration } from './migration.ts';
import type { FileStep } from './step.ts';
import '../testing/seed.ts';

const hba = `# TYPE  DATABASE USER  ADDRESS       METHOD
local   all      all                 peer
host    all      app   10.0.0.0/8    md5  # the application
hostssl all      all   192.0.2.0/24  md5 clientcert=1
host    all      all   127.0.0.1/32  scram-sha-256
`;

const plan = (goal: MigrationGoal, text: string, conf?: string, major = 11) =>
  planMigration({ goal, major, hba: text, ...(conf === undefined ? {} : { conf }) });

/** The text of pg_hba.conf after each step that edits it, by the id of the step. */
const texts = (goal: MigrationGoal, text: string, conf?: string, major = 11): Record<string, string> =>
  Object.fromEntries(
    plan(goal, text, conf, major).steps.flatMap(({ id, files }) =>
      files.filter(({ name }) => name === 'pg_hba.conf').map(({ after }) => [id, after]),
    ),
  );

describe('the way from MD5 to SCRAM', () => {
  test('goes from the list of roles to the rules, and says where clients can lose access', () => {
    expect(plan('scram', hba).steps.map(({ id, locksOut }) => [id, locksOut !== undefined])).toEqual([
      ['scram-roles', false],
      ['scram-saved', false],
      ['scram-clients', false],
      ['scram-encryption', false],
      ['scram-passwords', true],
      ['scram-rules', true],
      ['scram-done', false],
      ['scram-binding', true],
    ]);
  });

  test('changes the method alone, and keeps columns, options and comments', () => {
    expect(texts('scram', hba)).toEqual({
      'scram-rules': hba.replace('md5  #', 'scram-sha-256  #').replace('md5 clientcert', 'scram-sha-256 clientcert'),
    });
  });

  test('names the roles that must be ready, unless a rule is for all', () => {
    const text = (users: string) =>
      plan('scram', `hostssl all ${users} all md5\n`).steps.find(({ id }) => id === 'scram-rules')?.text;
    expect(text('app,web')).toContain('hash first: app, web.');
    expect(text('app,all')).toContain('Every role');
    expect(text('a,b,c,d,e,f')).toContain('Every role');
  });

  test.each([
    ['password_encryption = md5 # old clients\n', 11, "password_encryption = 'scram-sha-256' # old clients\n"],
    ['password_encryption = on\n', 13, "password_encryption = 'scram-sha-256'\n"],
    ['port = 5433', 13, "port = 5433\npassword_encryption = 'scram-sha-256'\n"],
    ['', 11, "password_encryption = 'scram-sha-256'\n"],
    ['port = 5433\n', 14, undefined],
    ["password_encryption = 'scram-sha-256'\n", 12, undefined],
    ['password_encryption = scram_sha_256\n', 12, undefined],
  ] as const)('sets password_encryption where %j of PostgreSQL %i needs it', (conf, major, after) => {
    const step = plan('scram', hba, conf, major).steps.find(({ id }) => id === 'scram-encryption');
    expect(step?.files.map((file) => file.after)).toEqual(after === undefined ? [] : [after]);
    expect(step?.sql?.includes('ALTER SYSTEM')).toBe(after === undefined);
  });

  test('has no steps without md5, and no rules to change if only the setting says md5', () => {
    const scram = 'hostssl all all all scram-sha-256\n';
    expect(plan('scram', scram).steps).toEqual([]);
    expect(plan('scram', scram, 'port = 1\n', 18).steps).toEqual([]);
    const ids = plan('scram', scram, 'password_encryption = md5\n', 18).steps.map(({ id }) => id);
    expect(ids).toContain('scram-encryption');
    expect(ids).not.toContain('scram-rules');
  });

  test('leaves rules of included files to the reader, by their place', () => {
    const { steps, left } = planMigration({
      goal: 'scram',
      major: 16,
      hba: 'include more\nhost all all 10.0.0.0/8 md5\n',
      files: { more: 'host all app all md5\n' },
    });
    expect(left).toEqual([{ line: 1, file: expect.stringContaining('more'), reason: expect.any(String) }]);
    expect(steps.find(({ id }) => id === 'scram-rules')?.files[0]?.after).toBe(
      'include more\nhost all all 10.0.0.0/8 scram-sha-256\n',
    );
  });
});

describe('the way from host to hostssl', () => {
  const rule = 'host all  app  10.0.0.0/8  md5  # the application\n';

  test('splits each rule, and then removes the part for unencrypted connections', () => {
    expect(texts('tls', rule)).toEqual({
      'tls-split':
        'hostssl all  app  10.0.0.0/8  md5  # the application\nhost all  app  10.0.0.0/8  md5  # without TLS; until the migration ends\n',
      'tls-required': 'hostssl all  app  10.0.0.0/8  md5  # the application\n',
    });
  });

  test('leaves rules alone that are local, for loopback, without a password, or only for TLS', () => {
    const others = `local all all md5
host all all 127.0.0.0/8 md5
host all all ::1/128 md5
hostssl all all 10.0.0.0/8 md5
hostgssenc all all 10.0.0.0/8 md5
host all all 10.0.0.0/8 reject
`;
    expect(plan('tls', others)).toEqual({ steps: [], left: [] });
  });

  test('rejects in place of a rule if a later one matches the same clients', () => {
    const later = `${rule}host all all all trust\n`;
    expect(texts('tls', later)['tls-required']).toBe(
      'hostssl all  app  10.0.0.0/8  md5  # the application\nhostnossl all  app  10.0.0.0/8  reject\nhost all all all trust\n',
    );
  });

  test('keeps GSS encryption where a rule or the keytab shows that clients may use it', () => {
    const kept = 'hostssl all  app  10.0.0.0/8  md5  # the application\nhostgssenc all  app  10.0.0.0/8  md5\n';
    expect(texts('tls', rule, "krb_server_keyfile = '/k'\n", 18)['tls-required']).toBe(kept);
    expect(texts('tls', `hostgssenc all all all gss\n${rule}`, undefined, 12)['tls-required']).toBe(
      `hostgssenc all all all gss\n${kept}`,
    );
    expect(texts('tls', rule, "krb_server_keyfile = '/k'\n", 11)['tls-required']).not.toContain('hostgssenc');
  });

  test('leaves hostnossl to the reader', () => {
    const { left, steps } = plan('tls', `hostnossl all all 10.0.0.0/8 md5\n${rule}`);
    expect(left).toEqual([{ line: 1, reason: expect.stringContaining('only connections without TLS') }]);
    expect(steps).not.toEqual([]);
  });

  test.each([
    ['ssl = off\n', 'ssl = on\n'],
    ['port = 5433\n', 'port = 5433\nssl = on\n'],
    ['ssl = on\n', undefined],
  ])('turns TLS on first if postgresql.conf says %j', (conf, after) => {
    const [first] = plan('tls', rule, conf).steps;
    expect([first?.id, first?.files.map((file) => file.after)]).toEqual(['tls-offered', after ? [after] : []]);
    expect(first?.sql).toBe(after && 'SELECT pg_reload_conf();');
  });

  test('turns TLS on with ALTER SYSTEM without postgresql.conf', () => {
    const [first] = plan('tls', rule).steps;
    expect([first?.files, first?.sql, first?.back.sql]).toEqual([
      [],
      expect.stringContaining('ALTER SYSTEM SET ssl = on;'),
      expect.stringContaining('ALTER SYSTEM RESET ssl;'),
    ]);
  });

  test.each([
    ['ssl = on\nlog_connections = off\n', 'ssl = on\nlog_connections = on\n'],
    ['ssl = on\n', 'ssl = on\nlog_connections = on\n'],
    ['ssl = on\nlog_connections = on\n', undefined],
    ["ssl = on\nlog_connections = 'authorization'\n", undefined],
  ])('logs connections if postgresql.conf says %j', (conf, after) => {
    const step = plan('tls', rule, conf, 18).steps.find(({ id }) => id === 'tls-seen');
    expect(step?.files.map((file) => file.after)).toEqual(after ? [after] : []);
  });

  test('edits postgresql.conf from step to step', () => {
    const [offered, seen] = plan('tls', rule, 'ssl = off\n').steps;
    expect(seen?.files[0]?.before).toBe(offered?.files[0]?.after);
    expect(seen?.files[0]?.after).toBe('ssl = on\nlog_connections = on\n');
  });

  test('names the lines to look for in the log, where the server logs the line of the rule', () => {
    const text = (major: number) =>
      plan('tls', `${rule}\n${rule}`, undefined, major).steps.find(({ id }) => id === 'tls-split')?.text;
    expect(text(14)).toContain('pg_hba.conf:2) or pg_hba.conf:5)');
    expect(text(13)).not.toContain('pg_hba.conf:');
  });
});

describe('channel binding', () => {
  test.each(MIGRATION_GOALS)('is the last, optional step of the way to %s, which changes no file', (goal) => {
    const last = plan(goal, hba).steps.at(-1);
    expect([last?.id, last?.files, last?.title]).toEqual([`${goal}-binding`, [], expect.stringContaining('optional')]);
    for (const { source } of last?.notes ?? []) expect(source.url).toMatch(/^https:/);
    expect(last?.notes?.map(({ text }) => text).join()).toMatch(
      /MD5 hash.*terminates TLS.*PgBouncer.*RSA-PSS.*Ed25519/,
    );
  });

  test.each([
    ['scram', 'scram-clients'],
    ['tls', 'tls-offered'],
  ] as const)('on the way to %s, a certificate that rules it out is named before a client can fail', (goal, id) => {
    const step = plan(goal, hba).steps.find((one) => one.id === id);
    expect(step?.notes?.map(({ text }) => text)).toEqual([expect.stringContaining('Ed25519')]);
  });

  test('is stated for each driver with its source', () => {
    expect(
      Object.fromEntries(
        drivers.map(({ name, binding: { since, parameter } }) => [
          name.split(' ')[0],
          [since.split(/[ ;]/)[0], parameter],
        ]),
      ),
    ).toEqual({
      libpq: ['13', 'channel_binding=require'],
      psycopg: ['with', 'channel_binding=require'],
      pgJDBC: ['42.7.12', 'channelBinding=require'],
      Npgsql: ['8.0', 'Channel Binding=Require'],
      'node-postgres': ['8.14.0', 'enableChannelBinding: true'],
      'lib/pq': ['Not', undefined],
      pgx: ['5.9.0', 'channel_binding=require'],
      asyncpg: ['Not', undefined],
      'tokio-postgres': ['0.5.0', 'channel_binding=require'],
      SQLx: ['Not', undefined],
    });
  });
});

describe('for any pg_hba.conf', () => {
  const files = fc.record({
    text: hbaText({ records: 9, lookups: false, expressions: false }),
    major: fc.constantFrom(...MAJORS),
  });
  const edited = (goal: MigrationGoal, text: string, major: number): ReadonlyMap<string, FileStep> =>
    new Map(
      plan(goal, text, undefined, major).steps.flatMap(({ id, files: [file] }) => (file ? [[id, file] as const] : [])),
    );
  const changes = ({ before, after }: FileStep, major: number) =>
    compareAccess(parseHba(before, { major }), parseHba(after, { major }));

  test('the rules change from md5 to SCRAM, and nobody else is affected', patience, () => {
    fc.assert(
      fc.property(files, ({ text, major }) => {
        const file = edited('scram', text, major).get('scram-rules');
        if (!file) return;
        for (const change of changes(file, major)) {
          if (change.kind === 'unknown') continue;
          expect(change).toMatchObject({
            kind: 'method',
            before: { method: 'md5' },
            after: { method: 'scram-sha-256' },
          });
        }
        expect(parseHba(file.after, { major }).records.filter(({ record }) => record.method === 'md5')).toEqual([]);
      }),
      filesToTry(400, 2),
    );
  });

  test(
    'the split changes no access, and the last step closes only unencrypted connections of the split rules',
    patience,
    () => {
      fc.assert(
        fc.property(files, ({ text, major }) => {
          const steps = edited('tls', text, major);
          const [split, close] = [steps.get('tls-split'), steps.get('tls-required')];
          if (!split || !close) return;
          expect(changes(split, major)).toEqual([]);
          expect(close.before).toBe(split.after);
          const rest = new Set(
            split.after.split('\n').flatMap((line, at) => (line.includes('# without TLS') ? [at + 1] : [])),
          );
          for (const change of changes(close, major)) {
            expect(change.kind).toBe('closed');
            expect(change.connections).not.toContain('tls');
            const decided = change.kind === 'unknown' ? undefined : change.before;
            expect(decided?.outcome === 'record' && rest.has(decided.line)).toBe(true);
          }
        }),
        filesToTry(400, 2),
      );
    },
  );
});
