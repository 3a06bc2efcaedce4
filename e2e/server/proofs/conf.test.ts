import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  defaultPlan,
  effectiveSettings,
  parseConf,
  readShownSettings,
  settingOf,
  valueProblem,
} from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { fromDebian, majors } from '../harness/binaries.ts';
import { run } from '../harness/command.ts';
import { rowsOf } from '../harness/conf-rows.ts';
import { conforms } from '../harness/conformance.ts';
import { corpusFiles, corpusThere } from '../harness/corpus.ts';
import { layoutOf } from '../harness/layout.ts';
import { inNamespace } from '../harness/namespace.ts';
import { freshServer, type RunningServer, startServer } from '../harness/server.ts';

const start = defaultPlan('direct');
const SEED = 20_261_125;

interface Shipped {
  readonly name: string;
  readonly type: string;
  readonly values?: readonly string[] | null;
  readonly unshown?: unknown;
  readonly context?: string;
}

describe.skipIf(!inNamespace).each(majors)('postgresql.conf on PostgreSQL %i', (major) => {
  const layout = layoutOf({ ...start, server: { ...start.server, major, platform: 'source' } });
  const settingsFile = `${layout.configDirectory}/postgresql.conf`;
  const shipped = JSON.parse(
    readFileSync(new URL(`../../../public/catalogue/${major}.json`, import.meta.url), 'utf8'),
  ) as readonly Shipped[];
  let server: RunningServer;

  /** In 11 the session that queries skips settings that it could not apply to itself. */
  const judges = ({ context = '' }: Shipped) => major > 11 || !context.endsWith('backend');

  beforeAll(async () => {
    await freshServer(major, 'postgres', layout);
    server = await startServer(major, layout);
  });
  afterAll(() => server.stop());

  /** The lines of the result, and the server's messages. */
  const ask = async (input: string) => {
    const args = ['-h', layout.socketDirectory ?? '', '-U', 'postgres', '-d', 'postgres', '-XAtq', '-f', '-'];
    const { stdout, stderr } = await run('psql', args, { as: accountNamed('postgres'), input });
    return { answers: stdout.split('\n').slice(0, -1), aside: stderr };
  };

  /** What `pg_file_settings` reports for each file in turn. */
  const fileSettings = async (contents: readonly string[], before = '') => {
    const rounds = contents.map((content, index) => {
      writeFileSync(`/tmp/${index}.probe`, content, { mode: 0o644 });
      return `\\! cat /tmp/${index}.probe > ${settingsFile}
\\warn == ${index}
select coalesce(json_agg(json_build_array(sourceline, name, setting, error) order by seqno), '[]') from pg_file_settings where sourceline is not null;
`;
    });
    const { answers, aside } = await ask(before + rounds.join(''));
    return {
      rows: answers.map(
        (answer) => JSON.parse(answer) as (readonly [number, string | null, string | null, string | null])[],
      ),
      aside: aside.split(/^.*== \d+\n/m).slice(1),
    };
  };

  it('accepts what its own SHOW ALL is read as, and has the same settings then', async () => {
    const shown = async (query: string, flags: string) => {
      const args = ['-h', layout.socketDirectory ?? '', '-U', 'postgres', '-d', 'postgres', flags, '-c', query];
      return (await run('psql', args, { as: accountNamed('postgres') })).stdout;
    };
    const read = readShownSettings(await shown('show all', '-X'));
    expect(read?.major).toBe(major);
    expect(readShownSettings(await shown('show all', '-XA'))).toEqual(read);
    const wanted = JSON.parse(
      await shown(
        `select json_agg(name order by name) from pg_settings where context <> 'internal' and name not like 'transaction%'`,
        '-XAt',
      ),
    ) as string[];
    const [reported] = (await fileSettings([read?.conf ?? ''])).rows;
    // A running server does not tell "empty" from "not set" for this one.
    const refused = reported?.filter(([, name, , error]) => error !== null && name !== 'external_pid_file');
    expect(refused).toEqual([]);
    expect(wanted.length).toBeGreaterThan(200);
    expect(reported?.map(([, name]) => name).toSorted()).toEqual(wanted.toSorted());
  });

  it('knows the settings of the shipped catalogue, with these types, ranges, words and defaults', async () => {
    const query = `select json_agg(json_build_object(
      'name', name, 'type', vartype, 'unit', unit, 'min', min_val, 'max', max_val, 'values', enumvals, 'context', context,
      'default', boot_val, 'description', short_desc, 'category', category) order by name collate "C")::text
      from pg_settings where name !~ '[.]';`.replaceAll('\n', ' ');
    const { answers } = await ask(query);
    // npm pins the minor release; Debian's archive moves on to the next.
    const compared = ({ name }: { readonly name: string }) => !fromDebian(major) || !name.startsWith('server_version');
    const shown = shipped.filter((one) => one.type !== 'unshown' && !('now' in one) && compared(one));
    const said = JSON.parse(answers.join('')) as readonly { readonly name: string }[];
    expect(said.filter(compared)).toEqual(shown.map(({ unshown: _unshown, ...one }) => one));
    const others = shipped.filter((one) => one.type === 'unshown' || 'now' in one).map(({ name }) => name);
    const known = await ask(others.map((name) => `select current_setting('${name}', true) is not null;\n`).join(''));
    expect(known.answers).toEqual(others.map(() => 't'));
  });

  it('is read line by line as pg_file_settings reads it', async () => {
    const files = fc.sample(confFile(3), { seed: SEED, numRuns: 400 });
    const { rows } = await fileSettings(files);
    expect(rows).toHaveLength(files.length);
    for (const [index, file] of files.entries()) {
      // A problem of a value or a name is next to a setting that was read nevertheless.
      const said = rows[index]?.map(([line, name, setting]) => (name === null ? [line] : [line, name, setting]));
      expect(said, JSON.stringify(file)).toEqual(rowsOf(parseConf(file, { major })));
    }
    conforms({
      target: 'postgresql.conf',
      files: ['postgresql.conf'],
      judgedBy: `PostgreSQL ${major}`,
      tried: 'generated files against pg_file_settings',
      plans: files.length,
      cases: rows.flat().length,
      reading: { major, disagreements: 0 },
    });
  });

  it('has its syntax errors with the messages of the log', async () => {
    const files = fc.sample(confFile(90), { seed: SEED, numRuns: 12 });
    let cases = 0;
    for (const file of files) {
      writeFileSync(settingsFile, file);
      const before = server.log().length;
      server.reload();
      const since = () => server.log().slice(before);
      await expect.poll(since, { timeout: 60_000 }).toMatch(/contains errors|parameter "/);
      const said = [...since().matchAll(/LOG: {2}((?:syntax error in file|too many syntax errors).*)/g)].map(
        ([, text]) => text,
      );
      cases += said.length;
      const expected = parseConf(file, { major }).problems.map(({ error }) =>
        error.replace('DATADIR', layout.configDirectory),
      );
      expect(said, JSON.stringify(file)).toEqual(expected);
    }
    expect(cases).toBeGreaterThan(100);
  });

  it('includes other files as pg_file_settings does', async () => {
    const folder = layout.configDirectory;
    const files = {
      'more/b.conf': "work_mem = 5MB\ninclude 'c.conf'\n",
      'more/c.conf': 'port=7',
      'bad/1.conf': 'x.y = 1\n? = 2',
      'bad/2.conf': 'x.y = 3',
      'more/.d.conf': 'port=8',
      'more/e.txt': 'port=9',
      'more/10.conf': "include_if_exists 'none'\nx.y = 1",
      'more/9.conf': 'x.y = 2',
    };
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(`${folder}/${name}`), { recursive: true });
      writeFileSync(`${folder}/${name}`, content);
    }
    for (const main of [
      "port = 1\ninclude_dir 'more'\nport = 2",
      "INCLUDE = 'more/b.conf'\ninclude_if_exists = 'nothing.conf'\nwork_mem = 1MB",
      'include more/e.txt\ninclude_dir = more',
      "x.y=1\ninclude 'missing.conf'",
      "x.y=1\ninclude_dir 'missing'",
      "include_dir 'bad'\nx.y = 4",
      "include 'postgresql.conf'",
      "include ''",
    ]) {
      writeFileSync(settingsFile, main);
      const { answers } = await ask(
        `select coalesce(json_agg(json_build_array(sourcefile, sourceline, name, setting) order by seqno), '[]') from pg_file_settings where sourceline is not null;`,
      );
      const { settings, problems } = parseConf(main, { major, files: { ...files, 'postgresql.conf': main } });
      const rows = JSON.parse(answers.join('')) as readonly (readonly [string, number, string | null, string])[];
      const place = ({ file = 'postgresql.conf', line }: { file?: string; line: number }) => [
        `${folder}/${file}`,
        line,
      ];
      expect(
        rows.filter(([, , name]) => name !== null),
        main,
      ).toEqual(settings.map((setting) => [...place(setting), setting.name, setting.value]));
      expect(
        rows.some(([, , name]) => name === null),
        main,
      ).toBe(problems.length > 0);
    }
  });

  it.skipIf(!corpusThere)(
    'is read as the server reads it if it is a real one (the corpus is outside the repository)',
    async () => {
      const files = corpusFiles('conf').map(({ name, text }) => ({ name, text: text.toString('utf8') }));
      const { rows } = await fileSettings(files.map(({ text }) => text));
      expect(rows).toHaveLength(files.length);
      const unknown = (name: string) => !name.includes('.') && settingOf(name, major) === undefined;
      for (const [index, { name, text }] of files.entries()) {
        const conf = parseConf(text, { major });
        const said = (rows[index] ?? []).map(([line, setting, value]) =>
          setting === null ? [line] : [line, setting, value],
        );
        expect({ name, said }).toEqual({ name, said: rowsOf(conf) });
        // After a problem the server checks no name.
        const unrecognized = (rows[index] ?? []).flatMap(([line, setting, , error]) =>
          setting !== null && /unrecognized/.test(error ?? '') ? [[line, setting]] : [],
        );
        const before = Math.max(0, ...(rows[index] ?? []).map(([line]) => line));
        // After a syntax error the server checks no name.
        const ours = conf.settings.filter((one) => unknown(one.name) && one.line <= before);
        expect({ name, unrecognized }).toEqual({
          name,
          unrecognized: conf.problems.length > 0 ? [] : ours.map((one) => [one.line, one.name]),
        });
      }
      // The server checks values only if it knows every name, so each file is queried again with the known ones.
      const known = files.map(({ text }) =>
        [...effectiveSettings(parseConf(text, { major })).values()].filter(({ name, file }) => {
          const setting = shipped.find((one) => one.name.toLowerCase() === name.toLowerCase());
          return setting && file === undefined && settingOf(name, major)?.context !== 'internal' && judges(setting);
        }),
      );
      const { aside } = await fileSettings(
        known.map((all) => all.map(({ name, value }) => `${name} = ${quoted(value)}\n`).join('')),
        'set client_min_messages = debug3;\n',
      );
      const wrong: string[] = [];
      let cases = 0;
      for (const [index, all] of known.entries()) {
        const refused = refusedIn(aside[index] ?? '');
        for (const { name, value } of all) {
          const setting = settingOf(name, major);
          if (!setting || setting.type === 'string' || setting.type === 'unshown' || machineDecides(name, value))
            continue;
          cases += 1;
          const problem = valueProblem(setting, value, major);
          if ((problem !== undefined) !== refused.has(setting.now ?? setting.name))
            wrong.push(`${files[index]?.name}: ${name} = ${value}: ${problem ?? 'taken'}`);
        }
      }
      expect(wrong).toEqual([]);
      conforms({
        target: 'postgresql.conf',
        files: ['postgresql.conf'],
        judgedBy: `PostgreSQL ${major}`,
        tried: 'real files: settings, unknown names, values',
        plans: files.length,
        cases: rows.flat().length + cases,
        reading: { major, disagreements: wrong.length },
      });
    },
  );

  it('has its values accepted and rejected as by the server', async () => {
    // An old name and its new one are one setting, of which only the last value is checked.
    const names = shipped
      .filter((one) => ['bool', 'integer', 'real', 'enum'].includes(one.type) && !('now' in one) && judges(one))
      .map(({ name }) => name);
    const rounds = fc.sample(fc.array(anyValue, { minLength: names.length, maxLength: names.length }), {
      seed: SEED,
      numRuns: 40,
    });
    const files = rounds.map((values) => names.map((name, at) => `${name} = ${quoted(values[at] ?? '')}\n`).join(''));
    const { aside } = await fileSettings(files, 'set client_min_messages = debug3;\n');
    expect(aside).toHaveLength(files.length);
    const wrong: string[] = [];
    let cases = 0;
    for (const [round, values] of rounds.entries()) {
      const refused = refusedIn(aside[round] ?? '');
      for (const [at, name] of names.entries()) {
        const setting = settingOf(name, major);
        const value = values[at] ?? '';
        if (!setting || machineDecides(name, value)) continue;
        cases += 1;
        const problem = valueProblem(setting, value, major);
        if ((problem !== undefined) !== refused.has(name))
          wrong.push(`${name} = ${JSON.stringify(value)}: ${problem ?? 'taken'}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(5000);
    conforms({
      target: 'postgresql.conf',
      files: ['postgresql.conf'],
      judgedBy: `PostgreSQL ${major}`,
      tried: 'values of every setting that is no text',
      plans: rounds.length,
      cases,
      reading: { major, disagreements: wrong.length },
      notCovered: 'Texts, and the settings whose values the machine or the build decides about.',
    });
  });
});

/** Names that the server rejected for their value and not because it is already running. */
const refusedIn = (aside: string): ReadonlySet<string> =>
  new Set(
    [
      /invalid value for parameter "([^"]+)"/g,
      /is outside the valid range for parameter "([^"]+)"/g,
      /parameter "([^"]+)" requires an? /g,
      /parameter "([^"]+)" cannot be changed\n/g,
    ].flatMap((pattern) => [...aside.matchAll(pattern)].map(([, name = '']) => name)),
  );

/**
 * Settings limited by the machine or the build, or, until 16, by the sum of the settings that each reserve processes.
 */
const machineDecides = (name: string, value: string): boolean =>
  name === 'max_stack_depth' ||
  (name === 'dynamic_shared_memory_type' && value === 'windows') ||
  (['max_connections', 'autovacuum_max_workers', 'max_worker_processes', 'max_wal_senders'].includes(name) &&
    value.includes('26214'));

const quoted = (value: string): string =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n')}'`;

const words = [
  'on',
  'off',
  'true',
  'FALSE',
  'tr',
  'of',
  'o',
  'y',
  'No',
  '1',
  '0',
  '',
  'replica',
  'MD5',
  'scram-sha-256',
  'TLSv1.2',
  'tlsv1',
  'debug',
  'info',
  'auto',
  'try',
  'local',
  'hot_standby',
  'read committed',
  'always',
  'none',
  'all',
  'warning',
];

const anyValue = fc.oneof(
  fc.constantFrom(...words),
  fc
    .tuple(
      fc.constantFrom('', '', '', ' ', '-', '+', '\t'),
      fc.constantFrom(
        '0',
        '1',
        '2',
        '5',
        '10',
        '64',
        '100',
        '1000',
        '65535',
        '65536',
        '100000',
        '2147483647',
        '2147483648',
        '99999999999999999999',
        '0x10',
        '0x',
        '0xfg',
        '010',
        '08',
        '1.5',
        '0.5',
        '.5',
        '5.',
        '1e3',
        '1E-2',
        'e3',
        '2.5',
        '1.5e',
        '0.0004',
        '1e400',
        '262143',
        '262144',
        '0x1e5',
        '1073741823.5',
      ),
      fc.constantFrom(
        '',
        '',
        '',
        '',
        'kB',
        'MB',
        'GB',
        'TB',
        'B',
        'KB',
        'mb',
        'us',
        'ms',
        's',
        'min',
        'h',
        'd',
        'x',
        ' kB',
        ' ms ',
        ' ',
        'k B',
        'hours',
        'minx',
        '.5',
        ' 5',
      ),
    )
    .map((parts) => parts.join('')),
);

/** Lines with everything that the scanner treats specially, in longer and shorter files. */
const confLine = fc
  .array(
    fc.constantFrom(
      'work_mem',
      'Port',
      'a.b',
      'x',
      'ssl',
      "'it''s'",
      "'a\\'b'",
      "'\\101\\n'",
      "'open",
      '"x"',
      '=',
      '=',
      ' ',
      ' ',
      '\t',
      '#',
      '1',
      '-5',
      '0x1F',
      '1.5e3',
      '4MB',
      '10.0.0.1',
      'a-b:c/d',
      '/tmp',
      '*',
      '‘on’',
      'é',
      'on',
      '\r',
      '\\',
      ',',
      "''",
      '+.',
      '1a.b',
      '.',
      'a..b',
      '_x',
      '$',
    ),
    { maxLength: 7 },
  )
  .map((parts) => parts.join(''));
const confFile = (lines: number) =>
  fc
    .tuple(fc.array(confLine, { maxLength: lines, size: 'max' }), fc.constantFrom('\n', '\n', '\r\n'), fc.boolean())
    .map(([all, end, last]) => all.join(end) + (last ? end : ''));
