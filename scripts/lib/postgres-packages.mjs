import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { debianServer } from './debian-postgres.mjs';
import { debianPrefix } from './debian-prefix.mjs';
import { majors } from './majors.mjs';
import { installNodePackages } from './node-packages.mjs';
import { repository, serverPackage } from './repository.mjs';

/** The servers that npm has. */
const npm = JSON.parse(readFileSync(join(serverPackage, 'package.json'), 'utf8')).optionalDependencies;

const packageName = (major) => `postgres-${major}-linux-x64`;

/** The folder of a major's bin, lib and share: from npm, or made from Debian's packages. */
export const serverFolder = (major) =>
  npm[packageName(major)]
    ? join(serverPackage, 'node_modules', packageName(major), 'native')
    : join(repository, '.tools/postgres', String(major));

/**
 * Installs a server of each major; returns the reason if this system has none. A major that npm does not have comes
 * from Debian's archive. If it cannot be had, the tests find the reason beside its folder, and count it as skipped.
 */
export async function installPostgres() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `The PostgreSQL binaries for the tests are for Linux on x64, and this is ${process.platform} on ${process.arch}.`;
  }
  await installNodePackages(serverPackage);
  for (const major of majors) {
    if (npm[packageName(major)]) linkLibraries(serverFolder(major));
    else await unpackServer(major);
  }
  return undefined;
}

async function unpackServer(major) {
  const folder = serverFolder(major);
  const reason = `${folder}.missing`;
  mkdirSync(dirname(folder), { recursive: true });
  rmSync(reason, { force: true });
  const { root, missing } = await debianServer(major);
  if (missing) writeFileSync(reason, missing);
  else debianPrefix(root, major, folder);
}

/**
 * An npm package cannot contain symbolic links, so these list them in a file and create them in an install script,
 * which npm may be configured not to run.
 */
function linkLibraries(folder) {
  for (const { source, target } of JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8'))) {
    const link = join(dirname(folder), target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), join(dirname(folder), source)), link);
  }
}
