import type { Edit } from '../../postgres/edit-lines.ts';
import { editHba } from '../../postgres/hba/edit.ts';
import { type Hba, type ParseHbaOptions, parseHba } from '../../postgres/hba/hba.ts';
import { type Place, placeOf } from '../decide.ts';
import { compareAccess } from './compare.ts';
import { type Merge, mergeRecords } from './merge.ts';
import { type RecordReach, reachability } from './reachability.ts';

/** A record of the main file that decides about nobody, and those that leave it nobody. */
interface Spare {
  readonly line: number;
  readonly by: readonly Place[];
}

/** A file without what does nothing: it lets in the same connections in the same way. */
export interface Tidied {
  readonly text: string;
  readonly spared: readonly Spare[];
  /** Records that became one. */
  readonly merged: readonly Merge[];
  /** Not everything was tried, since each proof goes through the whole file: asked again, more may be found. */
  readonly more: boolean;
}

/** Records times proofs that merging may take. */
const MOST_WORK = 200_000;

/**
 * Takes the dead records out of the main file and makes one record of several, moved where that is needed, as far as it can
 * be proven that nothing changes. Comments stay. Lines are those of the text as given.
 */
export function tidy(text: string, options: ParseHbaOptions): Tidied {
  const hba = parseHba(text, options);
  const dead = reachability(hba).flatMap((reach): Spare[] =>
    reach.status === 'dead' && reach.file === undefined ? [{ line: reach.line, by: reach.by }] : [],
  );
  const edited = (spared: readonly Spare[], merges: readonly Merge[]): string =>
    editHba(hba, [
      ...spared.map(({ line }): Edit => ({ kind: 'delete', line })),
      ...merges.flatMap(({ lines, at, text: one }) =>
        lines.map((line): Edit => (line === at ? { kind: 'replace', line, text: one } : { kind: 'delete', line })),
      ),
    ]);
  const proven = (spared: readonly Spare[], merges: readonly Merge[]): boolean => {
    const after = parseHba(edited(spared, merges), options);
    return after.refused.length === hba.refused.length && compareAccess(hba, after).length === 0;
  };
  const spared = proven(dead, []) ? dead : [];
  if (spared.length < dead.length) for (const one of dead) if (proven([...spared, one], [])) spared.push(one);
  let left = Math.max(20, Math.floor(MOST_WORK / Math.max(1, hba.records.length)));
  const merged = mergeRecords(
    hba,
    new Set(spared.map(({ line }) => line)),
    (merges) => left-- > 0 && proven(spared, merges),
  );
  const emptied = emptiedBy(merged, spared, hba, reachability(parseHba(edited(spared, merged), options)));
  const kept = merged.filter(({ lines }) => !emptied.some(({ line }) => lines.includes(line)));
  const all = [...spared, ...emptied];
  const result = emptied.length > 0 && proven(all, kept) ? { spared: all, merged: kept } : { spared, merged };
  return { text: edited(result.spared, result.merged), ...result, more: left < 0 };
}

/** The records that decide about nobody since others became one, by their lines in the file as given; `reach` is that of the file as it is now. */
function emptiedBy(
  merged: readonly Merge[],
  spared: readonly Spare[],
  hba: Hba,
  reach: readonly RecordReach[],
): readonly Spare[] {
  const gone = new Set([
    ...spared.map(({ line }) => line),
    ...merged.flatMap(({ lines, at }) => lines.filter((line) => line !== at)),
  ]);
  const standing = hba.records.filter(({ line, file }) => file !== undefined || !gone.has(line));
  const given = (place: Place): Place => {
    const index = reach.findIndex(({ line, file }) => line === place.line && file === place.file);
    return standing[index] ? placeOf(standing[index]) : place;
  };
  return reach.flatMap((one, index): Spare[] => {
    const placed = standing[index];
    if (one.status !== 'dead' || !placed || placed.file !== undefined) return [];
    const by = one.by.map(given);
    const lines = merged.find(({ at }) => at === placed.line)?.lines ?? [placed.line];
    return lines.map((line) => ({ line, by }));
  });
}
