import type { Conf } from '../../../app/core/index.ts';

/** The view stops reading a file at its first syntax error, but not at a failed include; the log continues. */
export function rowsOf({ settings, problems }: Conf): unknown[] {
  const syntax = problems.find(({ error }) => error.startsWith('syntax error'));
  const reached = ({ line }: { readonly line: number }) => !syntax || line < syntax.line;
  const before = [
    ...settings.filter(reached).map(({ line, name, value }): [number, ...string[]] => [line, name, value]),
    ...problems.filter(reached).map(({ line }): [number, ...string[]] => [line]),
  ].sort(([a], [b]) => a - b);
  return syntax ? [...before, [Number(/ line (\d+),/.exec(syntax.error)?.[1] ?? syntax.line)]] : before;
}
