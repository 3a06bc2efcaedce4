import { existsSync } from 'node:fs';
import { binaries, majors } from './binaries.ts';

/** The libraries of a PostgreSQL, its own libpq among them, for programs that were linked to an older one. */
const libraries = (major: number): string => `${binaries(major)}/lib`;

/** Makes psql use the libpq of that major instead of its own. */
export const withLibpq = (major: number): Record<string, string> => {
  if (!existsSync(`${libraries(major)}/libpq.so.5`)) throw new Error(`There is no libpq of PostgreSQL ${major}`);
  return { LD_LIBRARY_PATH: libraries(major) };
};

/** The majors of this process whose servers support direct TLS. */
export const directMajors = majors.filter((major) => major >= 17);
