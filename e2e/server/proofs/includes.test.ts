import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConf } from '../../../app/core/index.ts';
import { majors } from '../harness/binaries.ts';
import { conforms } from '../harness/conformance.ts';
import { readRules, shownRules } from '../harness/hba-rules.ts';
import { hbaServer } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';

type Files = Readonly<Record<string, string>>;

/** Files that include one another in cycles; `conf.d` and `base` exist in every tested data directory. */
const circles: Readonly<Record<string, Files>> = {
  itself: { 'postgresql.conf': "work_mem = 5MB\ninclude 'postgresql.conf'\nwork_mem = 6MB\n" },
  'itself if it exists': { 'postgresql.conf': "include_if_exists 'postgresql.conf'\n" },
  'itself by another name': { 'postgresql.conf': "include './postgresql.conf'\n" },
  'itself by way of a directory': { 'postgresql.conf': "include 'conf.d/../postgresql.conf'\n", 'conf.d/x.conf': '' },
  'another that includes itself': {
    'postgresql.conf': "include 'a.conf'\n",
    'a.conf': "include 'a.conf'\nport = 5433\n",
  },
  'two files': {
    'postgresql.conf': "include 'a.conf'\n",
    'a.conf': "include 'b.conf'\n",
    'b.conf': "include 'a.conf'\n",
  },
  'three files and the main one': {
    'postgresql.conf': "include 'a.conf'\n",
    'a.conf': "include_if_exists 'b.conf'\n",
    'b.conf': "include 'postgresql.conf'\n",
  },
  'twice in each file': {
    'postgresql.conf': "include 'a.conf'\n",
    'a.conf': "include 'b.conf'\ninclude 'b.conf'\n",
    'b.conf': "include 'a.conf'\n",
  },
  'its own directory': { 'postgresql.conf': "include_dir 'conf.d'\n", 'conf.d/a.conf': "include_dir '.'\n" },
  'its own directory, later': {
    'postgresql.conf': "include_dir 'conf.d'\nwork_mem = 7MB\n",
    'conf.d/a.conf': 'work_mem = 6MB\n',
    'conf.d/b.conf': "include_dir '.'\n",
    'conf.d/c.conf': 'work_mem = 8MB\n',
  },
  'two directories': {
    'postgresql.conf': "include_dir 'conf.d'\n",
    'conf.d/a.conf': "include_dir '../more.d'\n",
    'more.d/a.conf': "include_dir '../conf.d'\n",
  },
  'a directory as a file': { 'postgresql.conf': "include 'conf.d'\ninclude 'missing'\n", 'conf.d/a.conf': '' },
};

describe.skipIf(!inNamespace)('files that include themselves', () => {
  it.each(majors)('have the problems that PostgreSQL %i finds in postgresql.conf', async (major) => {
    const server = await hbaServer(major);
    try {
      const { rows } = await server.client.query<{ file: string }>(`select current_setting('config_file') as file`);
      const main = rows[0]?.file ?? '';
      const folder = dirname(main);
      const packaged = readFileSync(main, 'utf8');
      const relative = (text: string) => text.replaceAll(`${folder}/`, 'DATADIR/').replaceAll(folder, 'DATADIR');
      for (const [name, files] of Object.entries(circles)) {
        for (const [file, content] of Object.entries(files)) {
          mkdirSync(dirname(`${folder}/${file}`), { recursive: true });
          writeFileSync(`${folder}/${file}`, content);
        }
        const view = await server.client.query<{ sourcefile: string; sourceline: number }>(
          'select sourcefile, sourceline from pg_file_settings where name is null order by seqno',
        );
        const before = server.log().length;
        await server.client.query('select pg_reload_conf()');
        await expect.poll(() => server.log().slice(before)).toContain('contains errors');
        const said = relative(server.log().slice(before).split('contains errors')[0] ?? '');
        const { problems } = parseConf(files['postgresql.conf'] ?? '', { major, files });
        expect({ name, errors: problems.map(({ error }) => error) }).toEqual({
          name,
          errors: [...said.matchAll(/LOG: {2}((?:configuration file rec|could not open|input in).*)$/gm)].map(
            ([, text]) => text,
          ),
        });
        const places = problems.map(({ file = 'postgresql.conf', line }) => `DATADIR/${file}:${line}`);
        expect({ name, places }).toEqual({
          name,
          places: view.rows.map(({ sourcefile, sourceline }) => `${relative(sourcefile)}:${sourceline}`),
        });
        for (const file of Object.keys(files)) rmSync(`${folder}/${file}`);
        for (const directory of ['conf.d', 'more.d'])
          rmSync(`${folder}/${directory}`, { recursive: true, force: true });
        writeFileSync(main, packaged);
      }
    } finally {
      await server.stop();
    }
    conforms({
      target: 'postgresql.conf',
      files: ['postgresql.conf'],
      judgedBy: `PostgreSQL ${major}`,
      tried: 'files that include themselves: the errors of the log and their places',
      plans: Object.keys(circles).length,
      cases: Object.keys(circles).length,
      reading: { major, disagreements: 0 },
    });
  });

  const files = (named: Files) => ({
    text: Buffer.from(named['pg_hba.conf'] ?? ''),
    files: Object.fromEntries(
      Object.entries(named)
        .filter(([name]) => name !== 'pg_hba.conf')
        .map(([name, content]) => [name, Buffer.from(content)]),
    ),
  });
  const names = { 'pg_hba.conf': 'host all @u all trust\nlocal all all trust\n', u: 'a @u\n' };

  const orderly = majors.filter((major) => major >= 16);
  it.each(orderly)('have the errors that pg_hba_file_rules of PostgreSQL %i shows', async (major) => {
    const server = await hbaServer(major);
    try {
      for (const tried of [
        { 'pg_hba.conf': 'include pg_hba.conf\nlocal all all trust\n' },
        { 'pg_hba.conf': 'include_if_exists pg_hba.conf\nlocal all all trust\n' },
        { 'pg_hba.conf': 'include a\nlocal all all trust\n', a: 'include b\n', b: 'include a\n' },
        { 'pg_hba.conf': 'include_dir d\nlocal all all trust\n', 'd/a.conf': 'include_dir .\n' },
        names,
        { 'pg_hba.conf': 'host all @u all trust\nlocal all all trust\n', u: '@v\n', v: 'b @u\n' },
      ]) {
        server.write(files(tried));
        expect(readRules(files(tried), major)).toEqual(await shownRules(server));
      }
    } finally {
      await server.stop();
    }
  });

  const crashing = majors.filter((major) => major < 16);
  it.each(crashing)(
    'end PostgreSQL %i on reload if pg_hba.conf names them, and fileRules reports it',
    async (major) => {
      const server = await hbaServer(major);
      server.client.on('error', () => undefined);
      server.write(files(names));
      expect(readRules(files(names), major)[0]?.error).toMatch(/^PostgreSQL crashes .*"DATADIR\/u" includes itself$/);
      // A long chain without a cycle is read.
      const chain = Object.fromEntries(
        Array.from({ length: 20 }, (_, at) => [`c${at}`, at < 19 ? `@c${at + 1}\n` : 'last\n']),
      );
      const long = files({ 'pg_hba.conf': 'host all @c0 all trust\nlocal all all trust\n', ...chain });
      server.write(long);
      expect(readRules(long, major)).toEqual(await shownRules(server));
      server.write(files(names));
      await server.client.query('select pg_reload_conf()').catch(() => undefined);
      await expect
        .poll(
          async () =>
            server.client.query('select 1').then(
              () => 'answers',
              () => 'gone',
            ),
          { timeout: 20_000 },
        )
        .toBe('gone');
      await server.stop().catch(() => undefined);
    },
  );
});
