import type { Edit } from '../postgres/hba/edit.ts';
import type { Fix, FixPromise } from './rule.ts';

/** One edit of pg_hba.conf as a fix; empty where the line cannot be edited safely. */
export const fixesOf = (edit: Edit | undefined, title: string, promise: FixPromise): [] | [Fix] =>
  edit ? [{ title, file: 'pg_hba.conf', edits: [edit], promise }] : [];

/** The fix that replaces the method of a rule. Other rules for the same connections may then have another method. */
export const methodFix = (edit: Edit | undefined, title: string, leaves: readonly string[] = []): Fix | undefined =>
  edit && {
    title,
    file: 'pg_hba.conf',
    edits: [edit],
    promise: { kind: 'stricter' },
    leaves: ['broad-above-narrow', ...leaves],
  };

/** Fixes of one rule as one; undefined if they differ in more than their places, or two change the same line. */
export function joinFixes(fixes: readonly Fix[]): Fix | undefined {
  const [first, ...rest] = fixes;
  if (!first || rest.some(({ file, title }) => file !== first.file || title !== first.title)) return undefined;
  const edits = fixes.flatMap((fix) => fix.edits);
  const promise = rest.reduce<FixPromise | undefined>(
    (joined, fix) => joined && joinedPromise(joined, fix.promise),
    first.promise,
  );
  if (!promise || new Set(edits.map(({ line }) => line)).size < edits.length) return undefined;
  return { ...first, edits, promise };
}

/** What two fixes promise together; undefined if they have no common promise. */
function joinedPromise(a: FixPromise, b: FixPromise): FixPromise | undefined {
  if (a.kind === 'settings' && b.kind === 'settings') return { ...a, names: [...a.names, ...b.names] };
  if (a.kind === 'adds' && b.kind === 'adds') return { ...a, rules: [...a.rules, ...b.rules] };
  return JSON.stringify(a) === JSON.stringify(b) ? a : undefined;
}
