import { diffArrays } from 'diff';
import type { BundleFile } from '../../../../core/index.ts';
import { linesOf } from './lines-of.ts';

/** What the last answer changed in one file. */
export interface FileChange {
  /** The file did not exist before. */
  readonly isNew: boolean;
  /** Lines that are new or different, counted from 1. */
  readonly added: ReadonlySet<number>;
  /** Number of removed lines. */
  readonly removed: number;
}

export interface FilesChange {
  /** By path; files that are as they were are missing. */
  readonly files: ReadonlyMap<string, FileChange>;
  /** Paths of removed files. */
  readonly gone: readonly string[];
}

/** Beyond this many differences the whole file counts as changed: computing them would take longer than reading. */
const MAX_EDITS = 1500;

type Files = readonly Pick<BundleFile, 'path' | 'content'>[];

/** What changed between two sets of files, file by file and line by line. */
export function filesChange(before: Files | undefined, after: Files): FilesChange {
  if (!before || before === after) return { files: new Map(), gone: [] };
  const old = new Map(before.map((file) => [file.path, file]));
  const files = new Map<string, FileChange>();
  for (const file of after) {
    const was = old.get(file.path);
    if (was?.content !== file.content) files.set(file.path, linesChange(was && linesOf(was), linesOf(file)));
    old.delete(file.path);
  }
  return { files, gone: [...old.keys()] };
}

/** What changed between two texts. `before` is undefined for a new file. */
export const textChange = (before: string | undefined, after: string): FileChange =>
  linesChange(before?.split('\n'), after.split('\n'));

function linesChange(old: readonly string[] | undefined, lines: readonly string[]): FileChange {
  const inPlace = old && changedInPlace(old, lines);
  if (inPlace) return { isNew: false, added: inPlace, removed: inPlace.size };
  const parts = old && diffArrays([...old], [...lines], { maxEditLength: MAX_EDITS });
  if (!parts) return { isNew: old === undefined, added: new Set(lines.map((_, index) => index + 1)), removed: 0 };
  const added = new Set<number>();
  let removed = 0;
  let line = 1;
  for (const part of parts) {
    if (part.removed) removed += part.value.length;
    else {
      if (part.added) for (let offset = 0; offset < part.value.length; offset++) added.add(line + offset);
      line += part.value.length;
    }
  }
  return { isNew: false, added, removed };
}

/**
 * The numbers of the lines that differ, if each stayed in its place: no line that left one place is now in another. Then no
 * comparison finds fewer differences, and typing in a field changes most files like this.
 */
function changedInPlace(before: readonly string[], after: readonly string[]): Set<number> | undefined {
  if (before.length !== after.length) return undefined;
  const left = new Set<string>();
  const changed = new Set<number>();
  for (let index = 0; index < after.length; index++) {
    const old = before[index];
    if (old === undefined || old === after[index]) continue;
    left.add(old);
    changed.add(index + 1);
  }
  for (const line of changed) if (left.has(after[line - 1] ?? '')) return undefined;
  return changed;
}
