import releases from './releases.json' with { type: 'json' };

/** A PostgreSQL major that Postern supports. */
export interface Release {
  readonly major: number;
  /** The day of its last minor release, `YYYY-MM-DD` (postgresql.org, Versioning Policy). */
  readonly endOfLife: string;
  /** True if the community had ended its support when this version of Postern was released (November 2026). */
  readonly unsupported: boolean;
  /** True if it ends within a year of that release. */
  readonly endsSoon: boolean;
}

/** When this version of Postern was released, and a year later: the core has no clock. */
const RELEASED = '2026-11-30';
const A_YEAR_LATER = '2027-11-30';

/** The list of majors is data, because scripts read it too. */
const supported: readonly Release[] = releases.map(({ major, endOfLife }) => ({
  major,
  endOfLife,
  unsupported: endOfLife < RELEASED,
  endsSoon: endOfLife >= RELEASED && endOfLife < A_YEAR_LATER,
}));

/** PostgreSQL majors that Postern writes files for, each tested on a real server. */
export const MAJORS: readonly number[] = supported.map(({ major }) => major);

/**
 * The major of a new plan, and of pasted files until the user chooses another. Plan links leave it out, so another one
 * needs a new letter of the link codec (`plan/link.ts`).
 */
export const USUAL_MAJOR = 18;

/** One of `MAJORS`. */
export type Major = number;

/** Throws for a major that is not in `MAJORS`: the public functions check it first. */
export function release(major: number): Release {
  const found = supported.find((one) => one.major === major);
  if (!found) throw new RangeError(`PostgreSQL ${major} is not one of ${MAJORS.join(', ')}`);
  return found;
}
