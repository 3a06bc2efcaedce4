import { byteLength } from '../bytes/bytes.ts';

/** Other files that a configuration file names, by the name relative to the main file, or absolute. */
export type SideFiles = Readonly<Record<string, string>>;

/** Placeholder for the main file's directory, which is not known, in messages that name a file. */
export const DATA_DIRECTORY = 'DATADIR';

const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '');

/** A name relative to the file that contains it. */
const resolvePath = (name: string, from: string): string =>
  normalPath(name.startsWith('/') ? name : `${folderOf(from)}${name}`);

/** The path without `.` and, if a component precedes it, `..` (`canonicalize_path`). */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}

/**
 * The name of a file as the server opens and shows it: an absolute one as written; before 15 `.` and `..` inside are
 * kept (`join_path_components`, `canonicalize_path`).
 */
export function openedPath(name: string, from: string, major: number): string {
  if (name.startsWith('/')) return name;
  if (major >= 15) return resolvePath(name, from);
  const parts = `${folderOf(from)}${name.replace(/^(?:\.\/)+/, '')}`.split('/').filter((part) => part !== '');
  let strips = 0;
  for (;;) {
    const last = parts.at(-1);
    if (last === undefined || (last !== '.' && last !== '..' && strips === 0)) break;
    if (last === '..') strips++;
    else if (last !== '.') strips--;
    parts.pop();
  }
  return [...Array.from({ length: strips }, () => '..'), ...parts].join('/');
}

export const shownPath = (path: string): string =>
  path.startsWith('/') ? path : path === '' ? DATA_DIRECTORY : `${DATA_DIRECTORY}/${path}`;

/** The text of a file by its path; undefined if it is not given. */
export function sideFile(files: SideFiles, path: string): string | undefined {
  const wanted = normalPath(path);
  const name = Object.keys(files).find((file) => normalPath(file) === wanted);
  return name === undefined ? undefined : files[name];
}

const LONGEST_NAME = 255;

/** Files by their paths, and the system's error for files that do not exist (`strerror`, Linux). */
export class Folder {
  readonly #files = new Map<string, string>();
  readonly #directories = new Map<string, string[]>([
    ['', []],
    ['/', []],
  ]);

  constructor(files: SideFiles) {
    for (const [name, text] of Object.entries(files)) {
      const path = normalPath(name);
      if (this.#files.has(path)) continue;
      this.#files.set(path, text);
      let inner = path;
      for (let slash = path.lastIndexOf('/'); inner !== ''; slash = inner.lastIndexOf('/')) {
        const directory = slash < 0 ? '' : inner.slice(0, slash);
        const held = this.#directories.get(directory);
        if (held) held.push(inner);
        else this.#directories.set(directory, [inner]);
        if (held && directory !== '') break;
        inner = directory;
      }
    }
  }

  /** A file's text, `directory` for a directory, or why there is none. */
  open(path: string): { readonly text: string } | 'directory' | { readonly reason: string; readonly missing: boolean } {
    const no = (reason: string) => ({ reason, missing: reason === 'No such file or directory' });
    let at = path.startsWith('/') ? '/' : '';
    for (const part of path.split('/')) {
      if (part === '' || part === '.') continue;
      if (this.#files.has(at)) return no('Not a directory');
      if (!this.#directories.has(at) && !/(^|\/)\.\.$/.test(at)) return no('No such file or directory');
      if (part.length * 3 > LONGEST_NAME && byteLength(part) > LONGEST_NAME) return no('File name too long');
      at = normalPath(at === '' ? part : `${at}/${part}`);
    }
    const text = this.#files.get(at);
    if (text !== undefined) return path.endsWith('/') ? no('Not a directory') : { text };
    return this.#directories.has(at) ? 'directory' : no('No such file or directory');
  }

  /**
   * The files of a directory that `include_dir` reads: names that end in `.conf` and do not start with a dot, sorted by
   * bytes. undefined if nothing is known about the directory.
   */
  taken(path: string): readonly string[] | undefined {
    const held = this.#directories.get(normalPath(path));
    return held
      ?.filter((file) => this.#files.has(file) && /^[^./][^/]*\.conf$/.test(file.slice(file.lastIndexOf('/') + 1)))
      .sort(byBytes);
  }
}

/** Compares as `strcmp` does with UTF-8. */
function byBytes(a: string, b: string): number {
  const [one, other] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < one.length && at < other.length; at++) {
    const difference = (one[at]?.codePointAt(0) ?? 0) - (other[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
