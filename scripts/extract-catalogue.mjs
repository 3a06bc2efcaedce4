// Queries every real server that the tests run for its settings and writes public/catalogue/<major>.json (everything it
// reports), app/core/postgres/conf/catalogue.json (what the audit needs of all majors) and defaults.json next to it (the
// defaults that differ between majors). `node scripts/extract-catalogue.mjs`
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compactCatalogue, compactDefaults } from './lib/catalogue.mjs';
import { majors } from './lib/majors.mjs';
import { installPostgres, serverFolder } from './lib/postgres-packages.mjs';
import { repository } from './lib/repository.mjs';

/** PostgreSQL refuses to run as root; any unprivileged account works. */
const account = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Old names that the server still accepts for another setting (`map_old_guc_names`). */
const RENAMED = {
  sort_mem: 'work_mem',
  vacuum_mem: 'maintenance_work_mem',
  force_parallel_mode: 'debug_parallel_query',
  ssl_ecdh_curve: 'ssl_groups',
};

/** Words of enum settings that `pg_settings` does not show, tried one by one. */
const UNSHOWN = [
  'on',
  'off',
  'true',
  'false',
  'yes',
  'no',
  '1',
  '0',
  'debug',
  'info',
  'fatal',
  'panic',
  'archive',
  'hot_standby',
  'local',
  'ON',
];

const QUERY = `select json_agg(json_build_object(
  'name', name, 'type', vartype, 'unit', unit, 'min', min_val, 'max', max_val, 'values', enumvals, 'context', context,
  'default', boot_val, 'description', short_desc, 'category', category) order by name collate "C") from pg_settings where name !~ '[.]'`;

const missing = await installPostgres();
if (missing) throw new Error(missing);
const temporary = mkdtempSync(join(tmpdir(), 'postern-catalogue-'));
chmodSync(temporary, 0o755);
const catalogues = {};
try {
  for (const major of majors) catalogues[major] = await catalogueOf(major);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
mkdirSync(join(repository, 'public/catalogue'), { recursive: true });
for (const [major, settings] of Object.entries(catalogues))
  writeFileSync(
    join(repository, 'public/catalogue', `${major}.json`),
    `[\n${settings.map((setting) => `  ${JSON.stringify(setting)}`).join(',\n')}\n]\n`,
  );
const write = (name, rows) =>
  writeFileSync(
    join(repository, 'app/core/postgres/conf', name),
    `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`,
  );
write('catalogue.json', compactCatalogue(catalogues));
write('defaults.json', compactDefaults(catalogues));

/** The program itself: in a folder made from Debian's packages, `bin` has scripts that start it. */
function serverProgram(home, major) {
  return [join(home, `lib/postgresql/${major}/programs/postgres`), join(home, 'bin/postgres')].find(existsSync);
}

/** What one server reports about its settings, including those that `pg_settings` omits. */
async function catalogueOf(major) {
  const home = join(temporary, String(major));
  const data = join(home, 'data');
  // The clone may be in a directory that only root can read.
  cpSync(serverFolder(major), home, { recursive: true, verbatimSymlinks: true });
  mkdirSync(data, { mode: 0o700 });
  if (account.uid) chownSync(data, account.uid, account.gid);
  const env = { PATH: process.env.PATH, LC_ALL: 'C', HOME: home };
  const made = spawnSync(
    join(home, 'bin/initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--locale=C', '--encoding=UTF8', '--no-sync'],
    { ...account, env, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb of PostgreSQL ${major}: ${made.stderr}`);
  const server = spawn(
    join(home, 'bin/postgres'),
    ['-D', data, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${data}`, '-c', 'fsync=off'],
    { ...account, env, stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    await ready(data);
    const ask = (sql) => psql(data, env, sql);
    const settings = JSON.parse(ask(`${QUERY};`));
    withUnshownWords(settings, data);
    return [...settings, ...unshown(settings, readFileSync(serverProgram(home, major), 'latin1'), ask)].sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
  } finally {
    server.kill('SIGINT');
    await ended;
  }
}

/** The last line of postmaster.pid says `ready` once connections are accepted. */
async function ready(data) {
  for (let waited = 0; waited < 60_000; waited += 50) {
    try {
      if (readFileSync(join(data, 'postmaster.pid'), 'utf8').trimEnd().endsWith('ready')) return;
    } catch {}
    await sleep(50);
  }
  throw new Error(`The server in ${data} was not ready after a minute.`);
}

function psql(data, env, sql) {
  const { status, stdout, stderr } = spawnSync(
    'psql',
    ['-h', data, '-U', 'postgres', '-d', 'postgres', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-f', '-'],
    { env, input: sql, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** Adds to each enum the words that the server accepts and does not show. */
function withUnshownWords(settings, data) {
  const choices = settings.filter(({ type, context }) => type === 'enum' && context !== 'internal');
  const words = [...new Set([...UNSHOWN, ...choices.flatMap(({ values }) => values)])].sort();
  const file = join(data, 'postgresql.conf');
  const rounds = words.map((word) => {
    const part = join(data, `${words.indexOf(word)}.probe`);
    writeFileSync(part, choices.map(({ name }) => `${name} = '${word}'\n`).join(''), { mode: 0o644 });
    return `\\! cat '${part}' > '${file}'\nselect '-- ${word}'; select name from pg_file_settings;\n`;
  });
  const said = spawnSync('psql', ['-h', data, '-U', 'postgres', '-d', 'postgres', '-XAtq', '-f', '-'], {
    env: { PATH: process.env.PATH, HOME: data },
    input: `set client_min_messages = debug3;\n${rounds.join('')}`,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const refused = new Set(
    [...said.stderr.matchAll(/invalid value for parameter "([^"]+)": "([^"]*)"/g)].map(
      ([, name, word]) => `${name} ${word}`,
    ),
  );
  for (const choice of choices) {
    const taken = words.filter((word) => !refused.has(`${choice.name} ${word}`) && word !== 'ON');
    const more = taken.filter((word) => !choice.values.includes(word));
    if (more.length > 0) choice.unshown = more;
  }
}

/** Settings that the server knows and `pg_settings` omits: old names, and session-only settings. */
function unshown(settings, program, ask) {
  const known = new Set(settings.map(({ name }) => name.toLowerCase()));
  // The linker merges `role` into the end of a longer word.
  const words = ['role', ...program.split('\0').filter((word) => /^[A-Za-z][A-Za-z_]{3,40}$/.test(word))]
    .map((word) => word.toLowerCase())
    .filter((word) => !known.has(word));
  const names = ask(
    `select word from unnest(string_to_array('${[...new Set(words)].join(' ')}', ' ')) word where current_setting(word, true) is not null order by word collate "C";`,
  );
  return names
    .split('\n')
    .filter((name) => name !== '')
    .map((name) => {
      const now = settings.find((setting) => setting.name === RENAMED[name]);
      return now ? { ...now, name, now: now.name } : { name, type: 'unshown' };
    });
}
