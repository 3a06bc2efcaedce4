/** PostgreSQL majors that Postern writes files for, each tested on a real server. */
export const MAJORS = [11, 12, 13, 14, 15, 16, 17, 18] as const;

/** A supported major. */
export type Major = (typeof MAJORS)[number];

/** What the plan's major implies for the files. */
export interface Release {
  /** The major that the user has. */
  readonly asked: number;
  /** The major whose rules the files follow: the asked one, or 18 for a later one. */
  readonly major: number;
  /** False for a major after 18, which has not been tested. */
  readonly tried: boolean;
  /** The day of its last minor release, `YYYY-MM-DD` (postgresql.org, Versioning Policy). */
  readonly endOfLife: string;
  /** True if the community had ended its support when this version of Postern was released (November 2026). */
  readonly unsupported: boolean;
}

const endOfLife: Readonly<Record<number, string>> = {
  11: '2023-11-09',
  12: '2024-11-21',
  13: '2025-11-13',
  14: '2026-11-12',
  15: '2027-11-11',
  16: '2028-11-09',
  17: '2029-11-08',
  18: '2030-11-14',
};

/** The last major without support, as of November 2026. */
const LAST_UNSUPPORTED = 14;

export function release(asked: number): Release {
  const last = MAJORS[MAJORS.length - 1] ?? 18;
  const major = Math.min(asked, last);
  return {
    asked,
    major,
    tried: asked <= last,
    endOfLife: asked <= last ? (endOfLife[major] ?? '') : '',
    unsupported: asked <= LAST_UNSUPPORTED,
  };
}
