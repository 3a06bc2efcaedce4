/** Other files that a configuration file names, by the name relative to the main file, or absolute. */
export type SideFiles = Readonly<Record<string, string>>;

/** Stands for the directory of the main file, which no text tells, in messages that name a file. */
export const DATA_DIRECTORY = 'DATADIR';

/** A name relative to the file that holds it. */
export const resolvePath = (name: string, from: string): string =>
  normalPath(
    name.startsWith('/') ? name : `${from.includes('/') ? from.slice(0, from.lastIndexOf('/') + 1) : ''}${name}`,
  );

/** The path without `.` and, where something stands before it, `..` (`canonicalize_path`). */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}

export const shownPath = (path: string): string => (path.startsWith('/') ? path : `${DATA_DIRECTORY}/${path}`);

/** The text of a file by its path; undefined where it is not given. */
export function sideFile(files: SideFiles, path: string): string | undefined {
  const name = Object.keys(files).find((file) => normalPath(file) === path);
  return name === undefined ? undefined : files[name];
}

/**
 * The files of a directory that `include_dir` takes: names that end in `.conf` and do not start with a dot, sorted by bytes.
 * undefined where nothing is known of the directory.
 */
export function directoryFiles(files: SideFiles, path: string): readonly string[] | undefined {
  const within = Object.keys(files)
    .map(normalPath)
    .filter((file) => file.startsWith(`${path}/`));
  if (within.length === 0) return undefined;
  return within
    .filter((file) => /^[^./][^/]*\.conf$/.test(file.slice(path.length + 1)))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
