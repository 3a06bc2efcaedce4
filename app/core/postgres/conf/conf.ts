import { cString } from '../../bytes/bytes.ts';
import { Folder, openedPath, type SideFiles, shownPath } from '../side-files.ts';
import { scanConfLine, unquoteConf } from './scan.ts';

/** One line of the main file with its line ending. */
export interface ConfLine {
  readonly number: number;
  readonly raw: string;
}

/** A setting with its position and value. */
export interface ConfSetting {
  /** As written; PostgreSQL compares names case-insensitively. */
  readonly name: string;
  /** Without quotes. */
  readonly value: string;
  readonly line: number;
  /** The included file that contains it; absent for the main file. */
  readonly file?: string;
}

/** Why the server rejects the file, in its own words. */
export interface ConfProblem {
  readonly line: number;
  readonly file?: string;
  readonly error: string;
}

/** A postgresql.conf as the server reads it. */
export interface Conf {
  readonly major: number;
  readonly lines: readonly ConfLine[];
  /** In the order in which the server reads them; for equal names the last one counts. */
  readonly settings: readonly ConfSetting[];
  readonly problems: readonly ConfProblem[];
}

export interface ParseConfOptions {
  readonly major: number;
  /** Files that the include lines name. */
  readonly files?: SideFiles;
}

const MAIN = 'postgresql.conf';

/** Maximum depth of nested includes (`CONF_FILE_MAX_DEPTH`). */
const DEEPEST = 10;

/**
 * Maximum number of files and characters read in total, because files that include one another twice double at every
 * level. The server has no such limit.
 */
const MOST = { files: 10_000, characters: 2 ** 24 };

/** Number of syntax errors after which the server stops reading a file. */
const TOO_MANY = 100;

/** Reads a file without losing a character; never throws. */
export function parseConf(text: string, { major, files = {} }: ParseConfOptions): Conf {
  const settings: ConfSetting[] = [];
  const problems: ConfProblem[] = [];
  const folder = new Folder({ ...files, [MAIN]: text });
  const left = { ...MOST };
  read(text, MAIN, 0);
  return { major, lines: linesOf(text), settings, problems };

  /** Whether the file and the files that it includes are free of problems. */
  function read(content: string, file: string, depth: number): boolean {
    const before = problems.length;
    let errors = 0;
    for (const { number, raw } of linesOf(content)) {
      const place = { line: number, ...(file === MAIN ? {} : { file }) };
      const tokens = scanConfLine(raw);
      const [first, second] = tokens;
      if (!first) continue;
      const named = first.kind === 'id' || first.kind === 'qualified-id';
      const at = second?.kind === 'equals' ? 2 : 1;
      const value = tokens[at];
      const wrong = !named
        ? first
        : !value || value.kind === 'equals' || value.kind === 'error' || value.kind === 'qualified-id'
          ? (value ?? 'end')
          : tokens[at + 1];
      if (wrong !== undefined) {
        const near = wrong === 'end' ? 'near end of line' : `near token "${cString(wrong.text)}"`;
        // The server subtracts one for the line ending that it has read, also if the file ends without one.
        const said = wrong === 'end' && !raw.endsWith('\n') ? number - 1 : number;
        problems.push({ ...place, error: `syntax error in file "${shownPath(file)}" line ${said}, ${near}` });
        if (++errors >= TOO_MANY) {
          problems.push({ ...place, error: `too many syntax errors found, abandoning file "${shownPath(file)}"` });
          return false;
        }
        continue;
      }
      if (!value) continue;
      const said = value.kind === 'string' ? unquoteConf(value.text) : value.text;
      const word = first.text.toLowerCase();
      if (word === 'include' || word === 'include_if_exists' || word === 'include_dir') {
        const error = include(word, said, file, depth);
        if (error !== undefined) problems.push({ ...place, error });
      } else settings.push({ name: first.text, value: said, ...place });
    }
    return problems.length === before;
  }

  /** Reads the file or directory named by a line of `from`; returns why it cannot, if the line is at fault. */
  function include(
    kind: 'include' | 'include_if_exists' | 'include_dir',
    name: string,
    from: string,
    depth: number,
  ): string | undefined {
    if (/^[ \t\r\n\v\f]*$/.test(name))
      return `empty configuration ${kind === 'include_dir' ? 'directory' : 'file'} name`;
    const path = openedPath(name, from, major);
    if (kind !== 'include_dir') {
      const read = readNamed(name, path, from, depth + 1, kind === 'include_if_exists');
      return typeof read === 'string' ? read : undefined;
    }
    const names = folder.taken(path);
    if (!names) return `could not open configuration directory "${shownPath(path)}": No such file or directory`;
    for (const found of names) {
      // Before 15, the path keeps the directory part unresolved.
      const one = openedPath(found.slice(found.lastIndexOf('/') + 1), path === '' ? '' : `${path}/`, major);
      const read = readNamed(shownPath(one), one, from, depth + 1, false);
      if (typeof read === 'string') return read;
      // After a file with a problem, the rest of the directory is not read.
      if (!read) break;
    }
    return undefined;
  }

  /**
   * Whether a file is free of problems, or why it is not read at all (`ParseConfigFile`). Only a file that names itself
   * is reported as recursion; a longer cycle is detected by its depth, and the server then shows the name as written.
   */
  function readNamed(written: string, path: string, from: string, depth: number, optional: boolean): boolean | string {
    const cannot = (shown: string, reason: string) => `could not open configuration file "${shown}": ${reason}`;
    if (depth > DEEPEST) return cannot(written, 'maximum nesting depth exceeded');
    if (path === from) return `configuration file recursion in "${shownPath(from)}"`;
    const opened = folder.open(path);
    if (opened === 'directory') {
      const error = `input in flex scanner failed at file "${shownPath(path)}" line 1`;
      problems.push({ line: 1, file: path, error });
      return false;
    }
    if ('reason' in opened) return optional || cannot(shownPath(path), opened.reason);
    left.characters -= opened.text.length;
    if (left.files-- <= 0 || left.characters < 0)
      return cannot(shownPath(path), 'too much is included to be read here');
    return read(opened.text, path, depth);
  }
}

/** The text of the file: for an unedited parse the same bytes. */
export const printConf = ({ lines }: Pick<Conf, 'lines'>): string => lines.map(({ raw }) => raw).join('');

/** The effective setting for each lower-case name. */
export const effectiveSettings = ({ settings }: Pick<Conf, 'settings'>): ReadonlyMap<string, ConfSetting> =>
  new Map(settings.map((setting) => [setting.name.toLowerCase(), setting]));

/** The physical lines. */
export function linesOf(text: string): ConfLine[] {
  const found: ConfLine[] = [];
  for (let at = 0, number = 1; at < text.length; number++) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    found.push({ number, raw: text.slice(at, next) });
    at = next;
  }
  return found;
}
