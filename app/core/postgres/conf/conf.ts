import { directoryFiles, resolvePath, type SideFiles, shownPath, sideFile } from '../side-files.ts';
import { scanConfLine, unquoteConf } from './scan.ts';

/** One line of the main file with its line end. */
export interface ConfLine {
  readonly number: number;
  readonly raw: string;
}

/** A setting, where it stands and what it says. */
export interface ConfSetting {
  /** As it is written; PostgreSQL does not tell upper from lower case. */
  readonly name: string;
  /** Without quotes. */
  readonly value: string;
  readonly line: number;
  /** The included file that holds it; absent for the main file. */
  readonly file?: string;
}

/** What makes the server refuse the file, in its words. */
export interface ConfProblem {
  readonly line: number;
  readonly file?: string;
  readonly error: string;
}

/** A postgresql.conf as the server reads it. */
export interface Conf {
  readonly major: number;
  readonly lines: readonly ConfLine[];
  /** In the order in which the server meets them; of equal names the last one counts. */
  readonly settings: readonly ConfSetting[];
  readonly problems: readonly ConfProblem[];
}

export interface ParseConfOptions {
  readonly major: number;
  /** Files that the include lines name. */
  readonly files?: SideFiles;
}

const MAIN = 'postgresql.conf';

/** How deep files may include one another (`CONF_FILE_MAX_DEPTH`). */
const DEEPEST = 10;

/** Syntax errors after which the server gives a file up. */
const TOO_MANY = 100;

/** Reads a file without losing a character; never throws. */
export function parseConf(text: string, { major, files = {} }: ParseConfOptions): Conf {
  const settings: ConfSetting[] = [];
  const problems: ConfProblem[] = [];
  read(text, MAIN, 0);
  return { major, lines: linesOf(text), settings, problems };

  /** Whether the file and those that it includes are without a problem. */
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
        const near = wrong === 'end' ? 'near end of line' : `near token "${wrong.text}"`;
        // The server takes one off for the line end that it has read, also where the file ends without one.
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

  function include(
    kind: 'include' | 'include_if_exists' | 'include_dir',
    name: string,
    from: string,
    depth: number,
  ): string | undefined {
    const path = resolvePath(name, from);
    if (name.trim() === '') return `empty configuration ${kind === 'include_dir' ? 'directory' : 'file'} name`;
    if (depth + 1 > DEEPEST)
      return `could not open configuration file "${shownPath(path)}": maximum nesting depth exceeded`;
    if (kind === 'include_dir') {
      const names = directoryFiles(files, path);
      if (!names) return `could not open configuration directory "${shownPath(path)}": No such file or directory`;
      // After a file with a problem the rest of the directory is left unread.
      for (const one of names) if (!read(sideFile(files, one) ?? '', one, depth + 1)) break;
      return undefined;
    }
    const content = sideFile(files, path);
    if (content !== undefined) read(content, path, depth + 1);
    else if (kind === 'include')
      return `could not open configuration file "${shownPath(path)}": No such file or directory`;
    return undefined;
  }
}

/** The file again: for an unedited parse the same bytes. */
export const printConf = ({ lines }: Pick<Conf, 'lines'>): string => lines.map(({ raw }) => raw).join('');

/** What counts of each setting, by its lower-case name. */
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
