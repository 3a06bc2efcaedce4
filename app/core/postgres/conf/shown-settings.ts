import { confValue } from '../../quote/conf.ts';
import { settingOf } from './catalogue.ts';

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
  const rows = text.split('\n').map((line) => line.split('|').map((field) => field.trim()));
  const start = rows.findIndex(([first, second]) => first === 'name' && second === 'setting');
  const header = rows[start];
  if (!header) return undefined;
  // A value may have a | in it; a description has none.
  const after = header.length - 2;
  const shown = rows.slice(start + 1).flatMap(([name = '', ...rest]) => {
    if (!NAME.test(name) || rest.length < 1 + after) return [];
    return [{ name, value: rest.slice(0, rest.length - after).join('|') }];
  });
  if (shown.length === 0) return undefined;
  const version = shown.find(({ name }) => name === 'server_version')?.value;
  const major = version === undefined ? Number.NaN : Number.parseInt(version, 10);
  const known = Number.isNaN(major) ? null : major;
  return {
    conf: shown
      .filter(({ name }) => settable(name, known))
      .map(({ name, value }) => `${name} = ${confValue(value)}\n`)
      .join(''),
    major: known,
  };
}

/** Some settings only tell how the server was built, or what the session's transaction is: no file can set them. */
const settable = (name: string, major: number | null): boolean =>
  !name.startsWith('transaction_') && settingOf(name, major ?? 18)?.context !== 'internal';
