import { settingNames } from './catalogue.ts';

/** The setting that somebody who wrote this name most probably meant; undefined where none is near. */
export function suggestSetting(name: string, major: number): string | undefined {
  const said = name.toLowerCase();
  const allowed = Math.max(1, Math.floor(said.length / 4));
  let best: string | undefined;
  let least = allowed + 1;
  for (const one of settingNames(major)) {
    if (Math.abs(one.length - said.length) >= least) continue;
    const far = distance(said, one.toLowerCase());
    if (far < least) [best, least] = [one, far];
  }
  return best;
}

/** Letters to put in, leave out, change, or swap with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
