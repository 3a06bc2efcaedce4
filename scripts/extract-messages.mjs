// Reads the translated messages of PostgreSQL's server and of libpq, psql, glibc and the JDBC driver from Debian's
// packages, which it unpacks beneath .tools, and writes those about connections to
// app/core/diagnosis/refusal/translations/translations.json. Needs Debian on x64. `node scripts/extract-messages.mjs`
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { unpacked } from './lib/debian-folders.mjs';
import { jdbcTranslations } from './lib/messages/jdbc.mjs';
import { readMo } from './lib/messages/mo.mjs';
import { numbered, numberedFormat } from './lib/messages/placeholders.mjs';
import { severities, systemErrors, unwanted, wanted } from './lib/messages/wanted.mjs';
import { repository } from './lib/repository.mjs';

const releases = [
  { major: 13, suites: ['bullseye'] },
  { major: 15, suites: ['bookworm'] },
  { major: 17, suites: ['trixie'] },
  { major: 18, suites: ['sid'] },
  { major: 19, suites: ['sid', 'experimental'] },
];

/** Regional variants that have messages of their own in PostgreSQL; others are dialects of glibc alone. */
const OWN_LANGUAGE = /^[a-z]{2}(?:_(?:BR|CN|TW))?$/;

const target = join(repository, 'app/core/diagnosis/refusal/translations/translations.json');

const core = async (path) =>
  (await runnerImport(join(repository, 'app/core/diagnosis/refusal', path), { root: repository, configFile: false }))
    .module;
const [{ causes }, { matchesWording, piecesOf }] = await Promise.all([core('causes.ts'), core('wording.ts')]);

const matcher = (wordings) => {
  const pieces = wordings.map(piecesOf);
  return (message) => pieces.some((one) => matchesWording(message.toLowerCase(), one));
};
const named = matcher(causes.flatMap(({ wordings }) => wordings));
const [listed, excluded] = [matcher(wanted), matcher(unwanted)];

const placeholders = (text) => (text.match(/%\d+/g) ?? []).toSorted().join();

/** English message → language → translations. */
const found = new Map();
/** Language → column of the printed table → English messages with a translation. */
const counted = new Map();

for (const { major, suites } of releases) {
  const root = await packagesOf(major, suites);
  for (const language of languagesOf(root)) {
    const catalogue = (domain) => {
      const path = join(root, 'usr/share/locale', language, 'LC_MESSAGES', `${domain}.mo`);
      return existsSync(path) ? readMo(path) : [];
    };
    addMessages(language, `server ${major}`, catalogue(`postgres-${major}`));
    addMessages(language, `libpq ${major}`, catalogue(`libpq5-${major}`));
    addSeverities(language, catalogue(`postgres-${major}`), catalogue(`psql-${major}`));
    addSystemErrors(language, catalogue('libc'));
  }
  for (const [language, pairs] of jdbcTranslations(join(root, 'usr/share/java/postgresql.jar')))
    for (const [english, translated] of pairs)
      addPattern(language, numberedFormat(english), numberedFormat(translated));
}
const rows = [...found]
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([english, languages]) => [english, sorted(languages)]);
writeFileSync(target, `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);
printTable();
console.log(
  `${rows.length} messages in ${new Set(rows.flatMap(([, languages]) => Object.keys(languages))).size} languages`,
);

async function packagesOf(major, suites) {
  const packages = [
    `postgresql-${major}`,
    `postgresql-client-${major}`,
    'libpq5',
    'libc-l10n',
    'libpostgresql-jdbc-java',
  ];
  const { root, missing } = await unpacked(join(repository, '.tools/debian-messages', String(major)), {
    what: `PostgreSQL ${major}`,
    suites,
    preferences: 'Package: postgresql-* libpq5\nPin: release a=experimental\nPin-Priority: 990\n',
    choose: async () => packages,
    without: ['doc', 'man'],
  });
  if (missing) throw new Error(missing);
  return root;
}

/** The languages in which PostgreSQL has at least libpq's messages. */
function languagesOf(root) {
  const folder = join(root, 'usr/share/locale');
  return readdirSync(folder).filter(
    (language) =>
      OWN_LANGUAGE.test(language) &&
      readdirSync(join(folder, language, 'LC_MESSAGES')).some((name) => /^(?:libpq5|postgres|psql)-/.test(name)),
  );
}

function addMessages(language, column, entries) {
  for (const [english, translated] of entries) {
    const whole = numbered(english.at(-1));
    for (const form of translated) addLines(language, column, whole, numbered(form));
  }
}

/**
 * Each line of a message is looked up separately, unless a translation breaks its lines elsewhere: then the message
 * stays whole.
 */
function addLines(language, column, english, translated) {
  const [from, to] = [english, translated].map((text) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
  if (from.every((line, index) => placeholders(line) === placeholders(to[index] ?? '')) && from.length === to.length)
    for (const [index, line] of from.entries()) addIfWanted(language, column, line, to[index]);
  else addIfWanted(language, column, from.join('\n'), to.join('\n'));
}

function addIfWanted(language, column, english, translated) {
  const message = english.trim();
  if (listed(message) || (named(message) && !excluded(message))) add(language, column, message, translated.trim());
}

function addSeverities(language, server, psql) {
  const words = new Map(server.map(([[english], [translated]]) => [english, translated]));
  for (const word of severities.server)
    if (words.get(word)) add(language, 'labels', `${word}:  `, `${words.get(word)}:  `);
  for (const label of severities.labels) {
    const translated = words.get(label) ?? words.get(`${label}%s, %s:%d\n`);
    if (translated) add(language, 'labels', label, translated.replace('%s, %s:%d\n', ''));
  }
  const own = new Map(psql.map(([[english], [translated]]) => [english, translated]));
  for (const label of severities.psql) if (own.get(label)) add(language, 'labels', label, own.get(label));
}

function addPattern(language, english, translated) {
  const label = severities.jdbc[english];
  if (label) add(language, 'JDBC', label, translated.replace('%1', ''));
  else addIfWanted(language, 'JDBC', english, translated);
}

function addSystemErrors(language, libc) {
  for (const [[english], [translated]] of libc)
    if (systemErrors.includes(english)) add(language, 'system', english, translated);
}

/** Leaves out what is empty, equal to the English, or has other placeholders. */
function add(language, column, english, translated) {
  if (translated === '' || translated === english || placeholders(translated) !== placeholders(english)) return;
  const languages = found.get(english) ?? new Map();
  found.set(english, languages);
  const columns = counted.get(language) ?? new Map();
  counted.set(language, columns);
  columns.set(column, (columns.get(column) ?? new Set()).add(english));
  languages.set(language, (languages.get(language) ?? new Set()).add(translated));
}

function sorted(languages) {
  const entries = [...languages].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([language, texts]) => [language, [...texts].toSorted()]));
}

/** How many messages of each source are translated, as Markdown. */
function printTable() {
  const columns = [
    ...releases.map(({ major }) => `server ${major}`),
    ...releases.map(({ major }) => `libpq ${major}`),
    'labels',
    'system',
    'JDBC',
  ];
  const line = (cells) => console.log(`| ${cells.join(' | ')} |`);
  line(['language', ...columns, 'translations']);
  line(Array(columns.length + 2).fill('---'));
  for (const [language, own] of [...counted].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const all = rows.reduce((sum, [, languages]) => sum + (languages[language]?.length ?? 0), 0);
    line([language, ...columns.map((column) => own.get(column)?.size ?? ''), all]);
  }
}
