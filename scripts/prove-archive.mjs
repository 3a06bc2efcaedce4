// node scripts/prove-archive.mjs ARCHIVE PLAN.json: starts a real PostgreSQL with the files of a downloaded archive
// (.zip, .tar.gz or an unpacked folder) and tests the plan's clients. The browser suite passes it what Chromium
// downloaded.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { child } from './lib/child.mjs';
import { installPrograms } from './lib/debian-packages.mjs';
import { runInNamespace } from './lib/in-namespace.mjs';
import { privateNamespace } from './lib/namespace.mjs';
import { installPostgres } from './lib/postgres-packages.mjs';
import { main, Problem } from './lib/problem.mjs';
import { results } from './lib/repository.mjs';
import { serverPrograms } from './lib/suites/server.mjs';

await main(async () => {
  const [archive, plan] = process.argv.slice(2);
  if (!archive || !plan) throw new Problem('Usage: node scripts/prove-archive.mjs ARCHIVE PLAN.json');
  const missing = (await installPrograms(serverPrograms)) ?? (await installPostgres());
  if (missing) throw new Problem(missing);
  const namespace = await privateNamespace();
  if (namespace.missing) throw new Problem(namespace.missing);

  mkdirSync(results, { recursive: true });
  // Not below /tmp, which is private to the namespace.
  const folder = mkdtempSync(join(results, 'archive-'));
  try {
    await unpack(resolve(archive), folder);
    await unpackMachines(folder);
    const report = await runInNamespace(namespace, {
      name: `proof-of-${folder.slice(-6)}`,
      tests: ['e2e/server/archive'],
      env: { POSTERN_ARCHIVE: folder, POSTERN_PLAN: readFileSync(plan, 'utf8') },
      limit: 300,
    });
    for (const note of report.notes) console.log(note);
    return report.failed === 0 && report.passed > 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The archives of the machines are in one archive; each unpacks to the same folder. */
async function unpackMachines(folder) {
  const inner = readdirSync(folder, { recursive: true })
    .filter((path) => /\.(zip|tar\.gz)$/.test(path))
    .map((path) => join(folder, path));
  for (const archive of inner) {
    await unpack(archive, folder);
    rmSync(archive);
  }
}

async function unpack(archive, folder) {
  if (archive.endsWith('.zip')) {
    for (const [path, bytes] of Object.entries(unzipSync(readFileSync(archive)))) {
      if (path.endsWith('/')) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    return;
  }
  const [command, ...args] = statSync(archive).isDirectory()
    ? ['cp', '-a', `${archive}/.`, folder]
    : ['tar', '-xzf', archive, '-C', folder];
  const { code, output } = await child(command, args);
  if (code !== 0) throw new Problem(`${archive} cannot be unpacked: ${output}`);
}
