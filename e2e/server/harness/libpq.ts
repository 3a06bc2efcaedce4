import { existsSync } from 'node:fs';
import { binaries, fromDebian, majors } from './binaries.ts';

/** The libraries of a PostgreSQL, its own libpq among them, for programs that were linked to an older one. */
const libraries = (major: number): string => `${binaries(major)}/lib`;

/** Makes psql use the libpq of that major instead of its own; Debian's libpq needs the psql that came with it. */
export const withLibpq = (major: number): Record<string, string> => {
  if (fromDebian(major)) return { PATH: `${binaries(major)}/bin:${process.env.PATH}` };
  if (!existsSync(`${libraries(major)}/libpq.so.5`)) throw new Error(`There is no libpq of PostgreSQL ${major}`);
  return { LD_LIBRARY_PATH: libraries(major) };
};

/** The majors of this process whose servers support direct TLS. */
export const directMajors = majors.filter((major) => major >= 17);
