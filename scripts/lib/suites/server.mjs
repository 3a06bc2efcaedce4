import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPrograms } from '../debian-packages.mjs';
import { debianPostgres } from '../debian-postgres.mjs';
import { shardsInNamespace } from '../in-namespace.mjs';
import { majors } from '../majors.mjs';
import { privateNamespace } from '../namespace.mjs';
import { installPostgres } from '../postgres-packages.mjs';
import { results } from '../repository.mjs';
import { shards, testFiles } from '../shards.mjs';

/** A realm of Kerberos, and a client of it. */
const KERBEROS = ['krb5kdc', 'kadmin.local', 'kinit'];

/**
 * Programs that the harness calls, besides PostgreSQL itself; the test that follows a README reads the settings of ufw.
 */
export const serverPrograms = [
  'unshare',
  'ip',
  'openssl',
  'psql',
  'python3',
  'ufw',
  'slapd',
  'ldapsearch',
  ...KERBEROS,
];

/** One long shard starts first, so that PostgreSQL's verdict is there on a machine that is too slow for all suites. */
const FULL = 500;

const figures = join(results, 'server-figures');

export const server = {
  name: 'server',
  folders: ['e2e/server/proofs'],
  about: `the generated files on PostgreSQL ${majors[0]} to ${majors.at(-1)}`,
  async prepare() {
    const missing = (await installPrograms(serverPrograms)) ?? (await installPostgres());
    const namespace = missing ? { missing } : await privateNamespace();
    if (namespace.missing) return namespace;
    const env = { POSTERN_DEBIAN: JSON.stringify(Object.entries(await debianPostgres())), POSTERN_FIGURES: figures };
    rmSync(figures, { recursive: true, force: true });
    mkdirSync(figures, { recursive: true });
    return {
      shards: shardsInNamespace(namespace, 'server', shards(testFiles(server.folders), FULL), env),
      closing: figureLines,
    };
  },
};

/** Each proof writes its figures to one small file; the closing note of a run quotes the sums. */
function figureLines() {
  const all = readdirSync(figures).map((file) => JSON.parse(readFileSync(join(figures, file), 'utf8')));
  const sum = (key) => all.reduce((total, one) => total + (one[key] ?? 0), 0);
  return [
    `${all.length} bundles proven on a real server (plans × majors): ${sum('accepted')} connections accepted, ` +
      `${sum('refused')} refused as expected, ${sum('verified')} runs of verify.sh`,
  ];
}
