import type { Edit } from '../postgres/edit-lines.ts';
import { editHba } from '../postgres/hba/edit.ts';
import { type Hba, type ParseHbaOptions, parseHba } from '../postgres/hba/hba.ts';
import { compareAccess } from './compare.ts';
import { type Place, placeOf } from './decide.ts';
import { type Merge, mergeRecords } from './merge.ts';
import { type RecordReach, reachability } from './reachability.ts';

/** An unreachable record of the main file, and the records that cover it. */
interface Removal {
  readonly line: number;
  readonly by: readonly Place[];
}

/** A file without unreachable and mergeable records, with the same access. */
export interface Tidied {
  readonly text: string;
  readonly removed: readonly Removal[];
  /** Records that were merged. */
  readonly merged: readonly Merge[];
  /** The limit on proofs was reached: another run may find more, because each proof compares the whole file. */
  readonly more: boolean;
}

/** Limit on records × proofs for merging. */
const MAX_WORK = 200_000;

/**
 * Removes unreachable records from the main file and merges records, moving them if necessary. Makes only edits for which
 * `compareAccess` proves that access is unchanged. Keeps comments. Lines refer to the original text.
 */
export function tidy(text: string, options: ParseHbaOptions): Tidied {
  const hba = parseHba(text, options);
  const unreachable = reachability(hba).flatMap((reach): Removal[] =>
    reach.status === 'dead' && reach.file === undefined ? [{ line: reach.line, by: reach.by }] : [],
  );
  const edited = (removed: readonly Removal[], merges: readonly Merge[]): string =>
    editHba(hba, [
      ...removed.map(({ line }): Edit => ({ kind: 'delete', line })),
      ...merges.flatMap(({ lines, at, text: one }) =>
        lines.map((line): Edit => (line === at ? { kind: 'replace', line, text: one } : { kind: 'delete', line })),
      ),
    ]);
  const proven = (removed: readonly Removal[], merges: readonly Merge[]): boolean => {
    const after = parseHba(edited(removed, merges), options);
    return after.refused.length === hba.refused.length && compareAccess(hba, after).length === 0;
  };
  const removed = proven(unreachable, []) ? unreachable : [];
  if (removed.length < unreachable.length)
    for (const one of unreachable) if (proven([...removed, one], [])) removed.push(one);
  let proofsLeft = Math.max(20, Math.floor(MAX_WORK / Math.max(1, hba.records.length)));
  const merged = mergeRecords(
    hba,
    new Set(removed.map(({ line }) => line)),
    (merges) => proofsLeft-- > 0 && proven(removed, merges),
  );
  const nowUnreachable = unreachableAfterMerge(
    merged,
    removed,
    hba,
    reachability(parseHba(edited(removed, merged), options)),
  );
  const kept = merged.filter(({ lines }) => !nowUnreachable.some(({ line }) => lines.includes(line)));
  const all = [...removed, ...nowUnreachable];
  const result = nowUnreachable.length > 0 && proven(all, kept) ? { removed: all, merged: kept } : { removed, merged };
  return { text: edited(result.removed, result.merged), ...result, more: proofsLeft < 0 };
}

/** Records that the merges made unreachable, with lines of the original text. `reach` is the reachability after the merges. */
function unreachableAfterMerge(
  merged: readonly Merge[],
  removed: readonly Removal[],
  hba: Hba,
  reach: readonly RecordReach[],
): readonly Removal[] {
  const deleted = new Set([
    ...removed.map(({ line }) => line),
    ...merged.flatMap(({ lines, at }) => lines.filter((line) => line !== at)),
  ]);
  const remaining = hba.records.filter(({ line, file }) => file !== undefined || !deleted.has(line));
  const original = (place: Place): Place => {
    const index = reach.findIndex(({ line, file }) => line === place.line && file === place.file);
    return remaining[index] ? placeOf(remaining[index]) : place;
  };
  return reach.flatMap((one, index): Removal[] => {
    const placed = remaining[index];
    if (one.status !== 'dead' || !placed || placed.file !== undefined) return [];
    const by = one.by.map(original);
    const lines = merged.find(({ at }) => at === placed.line)?.lines ?? [placed.line];
    return lines.map((line) => ({ line, by }));
  });
}
