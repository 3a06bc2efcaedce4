import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConfProblem,
  type Connection,
  decide,
  decodeBytes,
  parseConf,
  parseHba,
} from '../../../app/core/index.ts';
import { fromDebian, majors } from '../harness/binaries.ts';
import { rowsOf } from '../harness/conf-rows.ts';
import { conforms } from '../harness/conformance.ts';
import { readRules, shownRules } from '../harness/hba-rules.ts';
import { type HbaFiles, type HbaServer, hbaServer, PORT } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { firstAnswer } from '../harness/startup.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string, order: 'le' | 'be') => {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const rules = 'local all all trust\nhost all all 10.0.0.0/8 md5\n';
const only = (text: Buffer): HbaFiles => ({ text, files: {} });

/** Files that editors and shells write, and whether the server accepts them. */
const hbaFiles: readonly { readonly name: string; readonly taken: boolean; readonly given: HbaFiles }[] = [
  { name: 'UTF-8', taken: true, given: only(Buffer.from(`# Zoë\n${rules}host café josé 10.0.0.0/8 md5\n`)) },
  { name: 'Latin-1 in a comment', taken: true, given: only(latin1(`# Zo\xeb\n${rules}`)) },
  {
    name: 'Latin-1 in names',
    taken: true,
    given: only(latin1(`${rules}host caf\xe9,"\xe9 x" +jos\xe9 10.0.0.0/8 md5\n`)),
  },
  { name: 'Latin-1 in a host name', taken: true, given: only(latin1(`${rules}host all all b\xfcro.example md5\n`)) },
  { name: 'a byte order mark before a rule', taken: false, given: only(Buffer.from(`\ufeff${rules}`)) },
  { name: 'a byte order mark before a comment', taken: false, given: only(Buffer.from(`\ufeff# comment\n${rules}`)) },
  { name: 'a byte order mark before an empty line', taken: false, given: only(Buffer.from(`\ufeff\r\n${rules}`)) },
  { name: 'UTF-16 with its mark, as Windows writes it', taken: false, given: only(utf16(`\ufeff${rules}`, 'le')) },
  { name: 'UTF-16 with its mark, big endian', taken: false, given: only(utf16(`\ufeff${rules}`, 'be')) },
  { name: 'UTF-16 without a mark', taken: false, given: only(utf16(rules, 'le')) },
  {
    name: 'UTF-16 whose first line is a comment',
    taken: false,
    given: only(utf16(`\ufeff# comment\r\n${rules}`, 'le')),
  },
  { name: 'a NUL in a comment before a rule', taken: true, given: only(latin1(`# a\0b\\\n${rules}`)) },
  { name: 'a character cut off at the end', taken: true, given: only(latin1(`${rules}# \xe2\x82`)) },
  {
    name: 'halves of a character that a quote parts',
    taken: true,
    given: only(latin1(`${rules}local \xc3"\xa9" all md5\n`)),
  },
  {
    name: 'overlong forms and surrogates',
    taken: true,
    given: only(latin1(`${rules}local \xc0\xaf,\xed\xa0\x80 all md5\n`)),
  },
  {
    name: 'a byte order mark in a file of names',
    taken: true,
    given: { text: Buffer.from(`${rules}local @names all md5\n`), files: { names: Buffer.from('\ufeffcafé\n') } },
  },
];

/** postgresql.conf, with its first lines replaced. */
const confFiles: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['Latin-1', latin1("# caf\xe9\napplication_name = 'caf\xe9' # \xe9\nsearch_path = caf\xe9\n")],
  ['UTF-8', Buffer.from("application_name = 'café'\nsearch_path = café\n")],
  [
    'octal escapes',
    latin1("application_name = '\\351'\nsearch_path = '\\303\\251 \\342\\202'\nsearch_path = 'a\\000b'\n"),
  ],
  ['a byte order mark before a comment', Buffer.from('\ufeff# comment\nwork_mem = 5MB\n')],
  ['a byte order mark before a setting', Buffer.from('\ufeffwork_mem = 5MB\n')],
  ['UTF-16 with its mark', utf16('\ufeff# comment\nwork_mem = 5MB\n', 'le')],
  ['UTF-16, big endian', utf16('\ufeffwork_mem = 5MB\n', 'be')],
  ['a NUL', latin1("work_mem = 5MB\0\nsearch_path = 'a\0b'\nport\0 = 5433\n")],
];

const names = [...['caf\xe9', 'cafe'].map((name) => decodeBytes(latin1(name))), 'café', 'cafß', 'caf\ufffd'];
/** Rules whose names differ only by bytes. */
const matched: readonly Buffer[] = [
  latin1('local caf\xe9 all reject\nlocal all all password\n'),
  Buffer.from('local café all reject\nlocal all all password\n'),
  ...[
    '^caf.$',
    '^caf..$',
    '^caf[é]$',
    '^café$',
    '^caf[^é]+$',
    '^caf\\w$',
    '^caf\\W\\W$',
    '^caf[ü-é]',
    '(?i)^CAFÉ$',
    '^caf\\xe9$',
  ].map((source) => Buffer.from(`local "/${source}" all reject\nlocal all all password\n`)),
  latin1('local "/^caf[\xe9]$" all reject\nlocal all all password\n'),
];

describe.skipIf(!inNamespace).each(majors)('a file on PostgreSQL %i', (major) => {
  let server: HbaServer;
  let cases = 0;
  beforeAll(async () => {
    server = await hbaServer(major);
  });
  afterAll(() => server.stop());

  it.each(hbaFiles)('pg_hba.conf with $name is read byte by byte', async ({ given, taken }) => {
    server.write(given);
    const ours = readRules(given, major);
    expect(ours).toEqual(await shownRules(server));
    cases += ours.length;
    const before = server.log().length;
    await server.reload();
    await expect.poll(() => server.log().slice(before)).toContain('received SIGHUP');
    const refused = () => /pg_hba\.conf was not reloaded/.test(server.log().slice(before));
    await expect.poll(refused, { timeout: 3000 }).toBe(!taken);
    expect(parseHba(decodeBytes(given.text), { major, files: texts(given) }).refused.length > 0).toBe(!taken);
  });

  it('compares names byte by byte when clients log in', async () => {
    for (const text of matched) {
      const hba = parseHba(decodeBytes(text), { major });
      server.write(only(text));
      await server.reload();
      for (const database of names) {
        const connection: Connection = {
          transport: 'local',
          encryption: 'none',
          database,
          user: 'postgres',
          roles: [],
          replication: false,
        };
        const ours = decide(hba, connection);
        const path = `${server.socketDirectory}/.s.PGSQL.${PORT}`;
        const theirs = await firstAnswer({ to: { path }, tls: false, user: connection.user, database });
        const said =
          ours.outcome === 'record' && ours.method !== 'reject' ? { method: ours.method } : { refusal: ours.message };
        expect({ text: text.toString('latin1'), database, answer: said }).toEqual({
          text: text.toString('latin1'),
          database,
          answer: theirs,
        });
        cases += 1;
      }
    }
  });

  it('a certificate in UTF-16 is not read, nor one after a byte order mark before OpenSSL 3', async () => {
    const file = `${own}/hba-data-${major}/server.crt`;
    const kept = readFileSync(file);
    try {
      const marked = Buffer.concat([Buffer.from('\ufeff'), kept]);
      // The servers of npm are built with OpenSSL 1.1.1.
      for (const bytes of [...(fromDebian(major) ? [] : [marked]), utf16(`\ufeff${kept}`, 'le')]) {
        writeFileSync(file, bytes);
        const before = server.log().length;
        await server.reload();
        await expect
          .poll(() => server.log().slice(before))
          .toMatch(/could not load server certificate file .*no start line/i);
      }
      if (fromDebian(major)) {
        writeFileSync(file, marked);
        const before = server.log().length;
        await server.reload();
        expect(server.log().slice(before)).not.toContain('could not load');
      }
    } finally {
      writeFileSync(file, kept);
    }
  });

  it('postgresql.conf is read byte by byte', async () => {
    server.write(only(Buffer.from(rules)));
    const file = `${own}/hba-data-${major}/postgresql.conf`;
    const kept = readFileSync(file);
    try {
      for (const [name, bytes] of confFiles) {
        writeFileSync(file, bytes);
        const { rows } = await server.client.query<{ rows: Buffer }>(
          `select textsend(coalesce(json_agg(json_build_array(sourceline, name, setting, error) order by seqno), '[]')::text) as rows
           from pg_file_settings where sourceline is not null`,
        );
        const shown = JSON.parse(decodeBytes(rows[0]?.rows ?? Buffer.alloc(0))) as [
          number,
          string | null,
          string | null,
          string | null,
        ][];
        const ours = parseConf(decodeBytes(bytes), { major });
        expect(
          shown.map(([line, named, setting]) => (named === null ? [line] : [line, named, setting])),
          name,
        ).toEqual(rowsOf(ours));
        cases += shown.length;
        const before = server.log().length;
        await server.reload();
        const since = () => decodeBytes(Buffer.from(server.log().slice(before)));
        await expect.poll(since).toMatch(/contains errors|changed to|parameter "|received SIGHUP/);
        const said = [...since().matchAll(/LOG: {2}(syntax error in file .*)/g)].map(([, text]) => text);
        expect(said, name).toEqual(ours.problems.map((problem) => inLog(problem, `${own}/hba-data-${major}`)));
      }
    } finally {
      writeFileSync(file, kept);
    }
    conforms({
      target: 'pg_hba.conf',
      files: ['pg_hba.conf', 'postgresql.conf'],
      judgedBy: `PostgreSQL ${major}`,
      tried: 'files with a byte order mark, in UTF-16, in Latin-1 and in invalid UTF-8: rows, log and logins',
      plans: hbaFiles.length + matched.length + confFiles.length,
      cases,
      reading: { major, disagreements: 0 },
    });
  });
});

const texts = ({ files }: HbaFiles) =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, decodeBytes(bytes)]));

const inLog = ({ error }: ConfProblem, folder: string) => error.replace('DATADIR', folder);
