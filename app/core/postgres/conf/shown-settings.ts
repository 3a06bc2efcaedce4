import { confValue } from '../../quote/conf.ts';
import { MAJORS } from '../release.ts';
import { settingOf } from './catalogue.ts';

const [FIRST = 11] = MAJORS;
const LAST = MAJORS.at(-1) ?? FIRST;

/** What a server says of its settings. */
export interface ShownSettings {
  /** The same settings as lines of postgresql.conf, without those that no file can set. */
  readonly conf: string;
  /** The server's major, from `server_version`; null where that is not shown. */
  readonly major: number | null;
}

/** A name as a server spells it, which may be that of an extension. */
const NAME = /^[A-Za-z_][A-Za-z0-9_.]*$/;

/**
 * Reads the output of `SHOW ALL`, or of a query of name and setting in `pg_settings`, as psql prints it: a header, a
 * line for each setting, and `|` between the columns. Undefined for any other text.
 */
export function readShownSettings(text: string): ShownSettings | undefined {
  const rows = text.split('\n').map((line) => line.split('|'));
  const start = rows.findIndex(([first, second]) => first?.trim() === 'name' && second?.trim() === 'setting');
  const header = rows[start];
  if (!header) return undefined;
  // A value may have a | in it; a description has none.
  const after = header.length - 2;
  const shown = rows.slice(start + 1).flatMap(([field = '', ...rest], index, all) => {
    const name = field.trim();
    if (!NAME.test(name) || rest.length < 1 + after) return [];
    // psql continues a value of several lines in rows without a name. A file can't be given such a value reliably.
    const next = all[index + 1];
    if (next && next.length === header.length && next[0]?.trim() === '') return [];
    return [
      {
        name,
        value: rest
          .slice(0, rest.length - after)
          .join('|')
          .trim(),
      },
    ];
  });
  if (shown.length === 0) return undefined;
  const version = shown.find(({ name }) => name === 'server_version')?.value;
  const major = Number.parseInt(version ?? '', 10);
  const known = Number.isNaN(major) ? null : major;
  return {
    conf: shown
      .filter(({ name }) => settable(name, known))
      .map(({ name, value }) => `${name} = ${confValue(asWritten(name, value))}\n`)
      .join(''),
    major: known,
  };
}

/** For `auto` the server also shows the clock that it chose (`show_timing_clock_source`), which no file may contain. */
const asWritten = (name: string, value: string): string =>
  name === 'timing_clock_source' ? value.replace(/ \(.*\)$/, '') : value;

/** Directives of the file itself (`guc-file.l`), which no server shows as settings. */
const DIRECTIVES: ReadonlySet<string> = new Set(['include', 'include_dir', 'include_if_exists']);

/** Some settings only tell how the server was built, or what the session's transaction is: no file can set them. */
const settable = (name: string, major: number | null): boolean =>
  !DIRECTIVES.has(name.toLowerCase()) &&
  !name.startsWith('transaction_') &&
  settingOf(name, nearest(major))?.context !== 'internal';

/** Of the majors in the catalogue, the one that knows most of the settings of this one. */
const nearest = (major: number | null): number => Math.min(Math.max(major ?? LAST, FIRST), LAST);
