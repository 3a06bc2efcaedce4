import { MAJORS } from '../release.ts';
import rows from './catalogue.json' with { type: 'json' };

/** What a major reports about a setting in `pg_settings`. scripts/extract-catalogue.mjs queries the real servers. */
export interface CatalogueSetting {
  readonly name: string;
  /** `unshown`: the server knows it, but `pg_settings` does not list it. */
  readonly type: 'bool' | 'integer' | 'real' | 'string' | 'enum' | 'unshown';
  /** When it can change: `internal` settings cannot be set in the file. */
  readonly context?: string;
  /** The unit of a number written without one: `kB`, `8kB`, `ms`. */
  readonly unit?: string;
  readonly least?: number;
  readonly most?: number;
  /** The words of an enum, including those that `pg_settings` does not show. */
  readonly words?: readonly string[];
  /** The current name, if this is an old name that is still accepted. */
  readonly now?: string;
}

/** Words that depend on the server's build; those that the catalogue's servers lack exist in other builds. */
const BUILD_WORDS: Readonly<Record<string, readonly string[]>> = {
  default_toast_compression: ['lz4'],
  dynamic_shared_memory_type: ['windows'],
  io_method: ['io_uring'],
  recovery_init_sync_method: ['syncfs'],
  shared_memory_type: ['windows'],
  wal_compression: ['lz4', 'zstd'],
  wal_sync_method: ['fsync_writethrough'],
};

/** The last major of a row that names none. */
const NEWEST = MAJORS.at(-1) ?? 0;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly setting: CatalogueSetting;
}

let known: ReadonlyMap<string, readonly Stretch[]> | undefined;

/** The major ranges of every setting by lower-case name, parsed on first use. */
function stretches(): ReadonlyMap<string, readonly Stretch[]> {
  if (known) return known;
  const found = new Map<string, Stretch[]>();
  for (const [name, from, to, type, context, unit, least, most, words, now] of rows as unknown as readonly Row[]) {
    const key = name.toLowerCase();
    const setting: CatalogueSetting = {
      name,
      type,
      ...(context ? { context } : {}),
      ...(unit ? { unit } : {}),
      ...(least ? { least: Number(least) } : {}),
      ...(most ? { most: Number(most) } : {}),
      ...(typeof words === 'string'
        ? { words: [...new Set([...words.split('|'), ...(BUILD_WORDS[name] ?? [])])] }
        : {}),
      ...(now ? { now } : {}),
    };
    found.set(key, [...(found.get(key) ?? []), { from, to: to ?? NEWEST, setting }]);
  }
  known = found;
  return found;
}

type Text = string | null;
type Row = readonly [string, number, number | null, CatalogueSetting['type'], Text?, Text?, Text?, Text?, Text?, Text?];

/** The setting as the major knows it; names are case-insensitive. */
export const settingOf = (name: string, major: number): CatalogueSetting | undefined =>
  stretches()
    .get(name.toLowerCase())
    ?.find(({ from, to }) => from <= major && major <= to)?.setting;

/** The name by which a major knows a setting that a later one renamed. */
export const olderName = (name: string, major: number): string | undefined =>
  [...stretches()].find(
    ([older, all]) =>
      all.some(({ setting }) => setting.now?.toLowerCase() === name.toLowerCase()) &&
      settingOf(older, major) !== undefined,
  )?.[0];

/** The first and last major, of those in the catalogue, that know a setting at all. */
export function lifetimeOf(name: string): { readonly since: number; readonly until: number } | undefined {
  const found = stretches().get(name.toLowerCase());
  return (
    found && {
      since: Math.min(...found.map(({ from }) => from)),
      until: Math.max(...found.map(({ to }) => to)),
    }
  );
}

/** The names of a major's settings that are allowed in the file. */
export const settingNames = (major: number): readonly string[] =>
  [...stretches().values()].flatMap((all) =>
    all
      .filter(({ from, to, setting }) => from <= major && major <= to && setting.context !== 'internal')
      .map(({ setting }) => setting.name),
  );
