import rows from './defaults.json' with { type: 'json' };

type Row = readonly [
  name: string,
  unit: string | null,
  ...defaults: readonly (readonly [since: number, text: string])[],
];

/** A setting whose default differs between two majors. */
export interface ChangedDefault {
  readonly name: string;
  /** The unit of the defaults. */
  readonly unit?: string;
  /** As `pg_settings.boot_val` has it. */
  readonly before: string;
  readonly after: string;
}

/**
 * The settings that both majors know with another default. scripts/extract-catalogue.mjs queries the real servers;
 * defaults that depend on the build, such as paths, are left out.
 */
export const changedDefaults = (from: number, to: number): readonly ChangedDefault[] =>
  (rows as unknown as readonly Row[]).flatMap(([name, unit, ...defaults]) => {
    const at = (major: number) => defaults.findLast(([since]) => since <= major)?.[1];
    const [before, after] = [at(from), at(to)];
    if (before === undefined || after === undefined || before === after) return [];
    return [{ name, ...(unit === null ? {} : { unit }), before, after }];
  });

const SIZES: readonly (readonly [string, number])[] = [
  ['TB', 2 ** 40],
  ['GB', 2 ** 30],
  ['MB', 2 ** 20],
  ['kB', 2 ** 10],
  ['B', 1],
];
const TIMES: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
];

/** A number in the unit of its setting, as people write it: 16384 in units of 8kB is `128MB`. */
export function withUnit(text: string, unit: string | undefined): string {
  const [, times = '', name = ''] = /^(\d*)([A-Za-z]+)$/.exec(unit ?? '') ?? [];
  const units = SIZES.some(([word]) => word === name) ? SIZES : TIMES;
  const own = units.find(([word]) => word === name)?.[1];
  const number = Number(text);
  // 0 and -1 have meanings of their own.
  if (own === undefined || !(number > 0)) return text;
  const size = number * own * Number(times || 1);
  const best = units.find(([, one]) => size % one === 0);
  return best ? `${size / best[1]}${best[0]}` : `${text}${name}`;
}
