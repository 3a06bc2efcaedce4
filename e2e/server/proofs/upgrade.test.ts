import { writeFileSync } from 'node:fs';
import { Client } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { editConf, editHba, parseConf, parseHba, upgradeReport, WORDINGS } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { alive } from '../harness/alive.ts';
import { binaries, majors } from '../harness/binaries.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { type HbaServer, hbaServer } from '../harness/hba-server.ts';
import type { Layout } from '../harness/layout.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { freshServer, startServer } from '../harness/server.ts';
import { until } from '../harness/until.ts';
import { type UpgradeSet, upgradeSets } from '../harness/upgrade-files.ts';

/** What the server of one major makes of one set of files. */
interface Judged {
  /** Lines of postgresql.conf with a name that it doesn't know, and names of settings whose value it rejects. */
  readonly unknown: readonly number[];
  readonly invalid: readonly string[];
  /** The rows of pg_hba_file_rules by line; null: the server rejects it. */
  readonly rules: ReadonlyMap<number, string | null>;
  /** Whether it starts with these files. */
  readonly starts: boolean;
  /** pg_settings after the start; undefined if postgresql.conf prevents it. */
  readonly settings: ReadonlyMap<string, string> | undefined;
}

const folder = (major: number) => `${own}/upgrade-${major}`;

const layoutOf = (major: number): Layout => ({
  configDirectory: folder(major),
  dataDirectory: folder(major),
  socketDirectory: `${own}/upgrade-socket`,
  account: 'postgres',
  settings: [],
  here: (path) => path,
  rewrite: (content) => content,
});

/** The lines that let any set of files start here. */
const common = `unix_socket_directories = '${own}/upgrade-socket'\nlisten_addresses = ''\nssl = on\n`;

const confOf = ({ conf }: Pick<UpgradeSet, 'conf'>) => conf + common;

const write = (major: number, name: string, text: string) =>
  writeFileSync(`${folder(major)}/${name}`, text, { mode: 0o644 });

/** What the server says about postgresql.conf when it reads it without starting; `value` is that of one setting. */
async function readsConf(major: number, conf: string, setting = 'port') {
  write(major, 'postgresql.conf', conf);
  const args = ['-D', folder(major), '-C', setting];
  const { stdout, stderr } = await run(`${binaries(major)}/bin/postgres`, args, { as: accountNamed('postgres') });
  const all = (pattern: RegExp) => [...stderr.matchAll(pattern)].map(([, found = '']) => found);
  return {
    unknown: all(/unrecognized configuration parameter "[^"]*" in file "[^"]*" line (\d+)/g).map(Number),
    invalid: [
      ...all(/invalid value for parameter "([^"]*)"/g),
      ...all(/outside the valid range for parameter "([^"]*)"/g),
      ...all(/parameter "([^"]*)" requires a/g),
    ],
    value: stdout.trim(),
  };
}

async function starts(major: number): Promise<boolean> {
  try {
    await (await startServer(major, layoutOf(major))).stop();
    return true;
  } catch {
    return false;
  }
}

async function judged(major: number, set: UpgradeSet): Promise<Judged> {
  const { unknown } = await readsConf(major, confOf(set));
  // The server checks values only in a file without unknown names.
  const known = confOf(set)
    .split('\n')
    .map((line, at) => (unknown.includes(at + 1) ? '' : line));
  const { invalid } = await readsConf(major, known.join('\n'));
  const accepted = unknown.length === 0 && invalid.length === 0;
  write(major, 'postgresql.conf', accepted ? confOf(set) : common);
  write(major, 'pg_hba.conf', 'local all all trust\n');
  const server = await startServer(major, layoutOf(major));
  const client = new Client({ host: `${own}/upgrade-socket`, port: 5432, user: 'postgres', database: 'postgres' });
  await client.connect();
  const settings = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where context <> 'internal' and source <> 'override'`,
  );
  write(major, 'pg_hba.conf', set.hba);
  const rules = await client.query<Record<string, unknown>>(
    'select line_number, type, database, user_name, address, netmask, auth_method, options from pg_hba_file_rules',
  );
  await client.end();
  await server.stop();
  write(major, 'postgresql.conf', confOf(set));
  return {
    unknown,
    invalid,
    rules: new Map(
      rules.rows.map(({ line_number, ...row }) => [Number(line_number), row.type === null ? null : sameWords(row)]),
    ),
    starts: await starts(major),
    settings: accepted ? new Map(settings.rows.map(({ name, setting }) => [name, setting])) : undefined,
  };
}

/** 11 says `clientcert=true` for verify-ca. Of a rule with the method cert, it is what the method checks anyway. */
function sameWords(row: Record<string, unknown>): string {
  const options = (Array.isArray(row.options) ? row.options : [])
    .map((option) => (option === 'clientcert=true' ? 'clientcert=verify-ca' : option))
    .filter((option) => row.auth_method !== 'cert' || !String(option).startsWith('clientcert='));
  return JSON.stringify({ ...row, options });
}

const without = <T>(these: readonly T[], others: readonly T[]) => these.filter((one) => !others.includes(one));

/** Words for the same, in pg_settings of different majors: off and an empty list, on and pglz. */
const sameSetting = new Set(['log_connections', 'transaction_isolation', 'wal_compression']);
/** Derived from the build. */
const ofTheBuild = new Set(['krb_server_keyfile']);

describe.skipIf(!inNamespace || majors.length < 2)('the upgrade report', () => {
  const seen = new Map<number, ReadonlyMap<string, Judged>>();
  let pairs = 0;

  beforeAll(async () => {
    for (const major of majors) {
      await freshServer(major, 'postgres', layoutOf(major));
      const subject = ['-newkey', 'rsa:2048', '-nodes', '-days', '9', '-subj', '/CN=localhost'];
      const [key, cert] = [`${folder(major)}/server.key`, `${folder(major)}/server.crt`];
      must('openssl', ['req', '-x509', ...subject, '-keyout', key, '-out', cert]);
      must('chown', ['postgres:', key, cert]);
      const answers = new Map<string, Judged>();
      for (const set of upgradeSets) answers.set(set.name, await judged(major, set));
      seen.set(major, answers);
      alive();
    }
  }, 600_000);

  const both = (from: number, to: number, { name }: UpgradeSet) => {
    const [before, after] = [seen.get(from)?.get(name), seen.get(to)?.get(name)];
    if (!before || !after) throw new Error(`no answers of ${from} and ${to}`);
    return { before, after };
  };
  const reported = (from: number, to: number, set: UpgradeSet) => {
    const findings = upgradeReport({ hba: set.hba, conf: confOf(set), from, to });
    return (id: string) => findings.filter((one) => one.id === `upgrade-${id}`);
  };
  const allPairs = majors.flatMap((from) => majors.filter((to) => to !== from).map((to) => [from, to] as const));

  it.each(upgradeSets)('says what the target rejects, and nothing else: $name', (set) => {
    for (const [from, to] of allPairs) {
      const { before, after } = both(from, to, set);
      const found = reported(from, to, set);
      const refused = ({ rules }: Judged) => [...rules].flatMap(([line, row]) => (row === null ? [line] : []));
      const said = {
        rules: found('rule-rejected').map(({ line }) => line),
        unknown: found('unknown-setting').map(({ line }) => line),
        invalid: found('value-rejected')
          .map(({ message }) => /: (\w+): /.exec(message)?.[1])
          .sort(),
      };
      expect({ from, to, ...said }).toEqual({
        from,
        to,
        rules: without(refused(after), refused(before)),
        unknown: without(after.unknown, before.unknown),
        invalid: without(after.invalid, before.invalid).sort(),
      });
      if (before.starts) {
        const stops = [...found('rule-rejected'), ...found('unknown-setting'), ...found('value-rejected')];
        expect({ from, to, starts: after.starts }).toEqual({ from, to, starts: stops.length === 0 });
      }
      pairs += 1;
    }
  });

  it.each(upgradeSets)('says which rules the target reads differently: $name', (set) => {
    for (const [from, to] of allPairs) {
      const { before, after } = both(from, to, set);
      const differ = [...before.rules].flatMap(([line, row]) => {
        const there = after.rules.get(line);
        return row === null || there === null || row === there ? [] : [line];
      });
      const said = reported(
        from,
        to,
        set,
      )('rule-read-differently')
        // The view shows an expression and a name alike.
        .filter(({ message }) => !message.includes('expression'))
        .map(({ line }) => line);
      expect({ from, to, said }).toEqual({ from, to, said: differ });
    }
  });

  it.each(upgradeSets)('says what changes in pg_settings: $name', (set) => {
    for (const [from, to] of allPairs) {
      const { before, after } = both(from, to, set);
      if (!before.settings || !after.settings) continue;
      const differ = [...before.settings].flatMap(([name, setting]) => {
        const there = after.settings?.get(name);
        return there === undefined || there === setting ? [] : [name];
      });
      const found = reported(from, to, set);
      const said = [
        ...found('other-default').map(({ message }) => /^\w+/.exec(message)?.[0]),
        ...found('value-read-differently').map(({ message }) => / reads (\w+)/.exec(message)?.[1]),
      ];
      const compared = differ.filter((name) => !sameSetting.has(name) && !ofTheBuild.has(name));
      expect({ from, to, said: said.sort() }).toEqual({ from, to, said: compared.sort() });
    }
  });

  it.each(upgradeSets)('has fixes that the target accepts, with the same meaning: $name', async (set) => {
    for (const [at, from] of majors.entries()) {
      for (const to of [majors[at - 1], majors[at + 1]]) {
        if (to === undefined) continue;
        const { before, after } = both(from, to, set);
        const findings = upgradeReport({ hba: set.hba, conf: confOf(set), from, to });
        const edits = (file: string) => findings.flatMap(({ fix }) => (fix?.file === file ? fix.edits : []));
        const conf = editConf(parseConf(confOf(set), { major: from }), edits('postgresql.conf'));
        const hba = editHba(parseHba(set.hba, { major: from }), edits('pg_hba.conf'));
        const { unknown, invalid } = await readsConf(to, conf);
        // Deleted lines move the others up.
        expect({ from, to, unknown: unknown.length }).toEqual({
          from,
          to,
          unknown: after.unknown.filter((line) => before.unknown.includes(line)).length,
        });
        if (before.settings && invalid.length === 0)
          for (const { id, message } of findings) {
            const name = id === 'upgrade-other-default' ? /^\w+/.exec(message)?.[0] : undefined;
            if (name === undefined) continue;
            expect([from, to, name, (await readsConf(to, conf, name)).value]).toEqual([
              from,
              to,
              name,
              before.settings.get(name),
            ]);
          }
        const fixed = new Set(findings.flatMap(({ fix, line }) => (fix?.file === 'pg_hba.conf' ? [line] : [])));
        const refused = parseHba(hba, { major: to }).refused.filter(({ line }) => fixed.has(line));
        expect(refused).toEqual([]);
      }
      alive();
    }
  });

  it('is proven for every pair of majors', () => {
    expect(pairs).toBe(allPairs.length * upgradeSets.length);
    conforms({
      target: 'Upgrade report',
      files: ['pg_hba.conf', 'postgresql.conf'],
      judgedBy: `PostgreSQL ${majors.join(', ')}`,
      tried: 'each version to each other one: rejected lines, rules read differently, changed defaults, fixes',
      plans: upgradeSets.length,
      cases: pairs,
    });
  });
});

describe.skipIf(!inNamespace)('the words of the log', () => {
  it.each(majors)('are those of PostgreSQL %i', async (major) => {
    const server = await hbaServer(major, ['log_connections = on', "log_line_prefix = '@'"]);
    try {
      await server.client.query("set password_encryption = 'scram-sha-256'; create role app login password 'x'");
      await server.client.query("set password_encryption = 'md5'; create role old login password 'x'");
      await server.client.query('create database app');
      const logged = await eventsOf(server);
      expect(logged).toEqual(WORDINGS.map(({ event, text }) => [event, text(major)]));
    } finally {
      await server.stop();
    }
  });
});

/** Makes each event happen; the message that it logs, with paths shortened, or null. */
async function eventsOf(server: HbaServer): Promise<(readonly [string, string | null])[]> {
  const rule = (method: string, user = 'app') => `host app ${user} 127.0.0.1/32 ${method}\nlocal all all trust\n`;
  const visits: readonly {
    readonly hba: string;
    readonly tls?: boolean;
    readonly user?: string;
    readonly password?: string;
    readonly line: RegExp;
  }[] = [
    { hba: 'local all all trust\n', line: /no pg_hba\.conf entry.*/ },
    { hba: 'local all all trust\n', tls: true, line: /no pg_hba\.conf entry.*/ },
    { hba: rule('scram-sha-256'), password: 'wrong', line: /Connection matched.*/ },
    { hba: rule('scram-sha-256'), line: /connection authenticated.*/ },
    { hba: rule('trust'), line: /connection authenticated.*/ },
    { hba: rule('scram-sha-256'), line: /connection authorized.*/ },
    { hba: rule('scram-sha-256'), tls: true, line: /connection authorized.*/ },
    { hba: rule('md5', 'old'), user: 'old', line: /authenticated with an.*/ },
  ];
  const found: [string, string | null][] = [];
  for (const [at, { hba, tls = false, user = 'app', password = 'x', line }] of visits.entries()) {
    server.write({ text: Buffer.from(hba), files: {} });
    await server.reload();
    const from = server.log().length;
    const target = `host=127.0.0.1 user=${user} dbname=app sslmode=${tls ? 'require' : 'disable'}`;
    const { code } = await run('psql', ['-Xc', 'select 1', target], { env: { PGPASSWORD: password } });
    const since = () => server.log().slice(from);
    const ended = code === 0 ? /connection authorized/ : /FATAL/;
    await until(
      'the server has logged the connection',
      () => ended.test(since()) && since().endsWith('\n'),
      server.log,
    );
    const text = line.exec(since())?.[0].replaceAll(`${server.folder}/`, '/…/') ?? null;
    found.push([WORDINGS[at]?.event ?? '', text]);
  }
  return found;
}
