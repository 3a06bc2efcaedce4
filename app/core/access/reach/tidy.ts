import type { Edit } from '../../postgres/edit-lines.ts';
import { editHba } from '../../postgres/hba/edit.ts';
import { type ParseHbaOptions, parseHba } from '../../postgres/hba/hba.ts';
import type { Place } from '../decide.ts';
import { compareAccess } from './compare.ts';
import { type Merge, mergeRecords } from './merge.ts';
import { reachability } from './reachability.ts';

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
  return { text: edited(spared, merged), spared, merged, more: left < 0 };
}
