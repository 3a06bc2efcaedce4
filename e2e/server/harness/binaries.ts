import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { must } from './command.ts';
import { own } from './places.ts';

const all = [11, 12, 13, 14, 15, 16, 17, 18];

/** The majors that this process tests: all, or those in `POSTERN_MAJORS`. */
export const majors: readonly number[] = process.env.POSTERN_MAJORS
  ? process.env.POSTERN_MAJORS.split(',').map(Number)
  : all;

/** The folder of a major's bin, lib and share. */
export const binaries = (major: number): string => `${own}/postgres/${major}`;

/**
 * The clone may be in a directory that only root can read; these mounts make the binaries available to the server's
 * account.
 */
export function bindBinaries(): void {
  for (const major of all) {
    const installed = fileURLToPath(new URL(`../node_modules/postgres-${major}-linux-x64/native`, import.meta.url));
    if (!existsSync(installed)) continue;
    mkdirSync(binaries(major), { recursive: true });
    must('mount', ['--bind', installed, binaries(major)]);
  }
}
