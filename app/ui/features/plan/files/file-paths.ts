const escaped = (path: string): string => path.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Splits a text at the paths that it names as separate words; the odd pieces are the paths. Null if there are none. */
export function pathPattern(paths: readonly string[]): RegExp | null {
  if (paths.length === 0) return null;
  const longestFirst = paths.toSorted((a, b) => b.length - a.length).map(escaped);
  return new RegExp(`(?<![\\w./\\\\-])(${longestFirst.join('|')})(?![\\w/\\\\-]|\\.\\w)`);
}
