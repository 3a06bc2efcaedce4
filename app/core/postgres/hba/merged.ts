import { hba } from '../../quote/hba.ts';

/** The marks around the plan's rules in a file with other rules, each on its own line. */
export const MARKS = { begin: hba`# BEGIN Postern`, end: hba`# END Postern` } as const;

/**
 * The existing pg_hba.conf with the plan's block at its end, as `apply.sh` writes it (`merge_rules`): an earlier block
 * is removed, and every other line is unchanged. A file whose marks are not exactly one pair is unchanged, as in the
 * script. `file` is the plan's file with the block; text around the block is left out.
 */
export function mergedRules(present: string, file: string): string {
  const marks = present.split('\n').filter((line) => line === MARKS.begin || line === MARKS.end);
  if (![`${MARKS.begin}\n${MARKS.end}`, ''].includes(marks.join('\n'))) return present;
  const block = split(file).own;
  const { own, others } = split(present);
  if (own.join('\n') === block.join('\n')) return present;
  const kept = others.join('\n');
  return `${kept}${kept === '' || kept.endsWith('\n') ? '' : '\n'}${block.join('\n')}\n`;
}

/** The lines from one mark to the other, and the lines outside. */
function split(text: string): { readonly own: readonly string[]; readonly others: readonly string[] } {
  const own: string[] = [];
  const others: string[] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    if (line === MARKS.begin) inside = true;
    (inside ? own : others).push(line);
    if (line === MARKS.end) inside = false;
  }
  return { own, others };
}
