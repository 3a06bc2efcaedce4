import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MAJORS } from '../../../app/core/index.ts';
import { must } from './command.ts';
import { own } from './places.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

const ofNpm = (major: number): string => at(`e2e/server/node_modules/postgres-${major}-linux-x64/native`);

/** Whether the server of a major is made from Debian's packages, which have what those of npm lack: LDAP, GSSAPI, PAM. */
export const fromDebian = (major: number): boolean => !existsSync(ofNpm(major));

/** Where scripts/lib/postgres-packages.mjs has put a major: from npm, or made from Debian's packages. */
const installed = (major: number): string | undefined =>
  [ofNpm(major), at(`.tools/postgres/${major}`)].find(existsSync);

/** Why this machine has no server of a major; undefined if it has one. */
export function missingServer(major: number): string | undefined {
  const reason = at(`.tools/postgres/${major}.missing`);
  if (installed(major)) return undefined;
  return existsSync(reason) ? readFileSync(reason, 'utf8') : 'start the tests with `npm run test:server`';
}

/** The majors that this process tests: those that are here, or those of them in `POSTERN_MAJORS`. */
export const majors: readonly number[] = (process.env.POSTERN_MAJORS?.split(',').map(Number) ?? MAJORS).filter(
  (major) => installed(major) !== undefined,
);

/** The folder of a major's bin, lib and share. */
export const binaries = (major: number): string => `${own}/postgres/${major}`;

/**
 * The clone may be in a directory that only root can read; these mounts make the binaries available to the server's
 * account.
 */
export function bindBinaries(): void {
  for (const major of MAJORS) {
    const folder = installed(major);
    if (folder === undefined) continue;
    mkdirSync(binaries(major), { recursive: true });
    must('mount', ['--bind', folder, binaries(major)]);
  }
}
