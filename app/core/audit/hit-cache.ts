import { sameRecord } from '../hba-analysis/incremental.ts';
import { NEIGHBOURS } from '../postgres/hba/columns.ts';
import { firstRecordFrom, type HbaLine, type PlacedRecord } from '../postgres/hba/hba.ts';
import { MAX_DISTANCE, OverlapIndex } from './overlap-index.ts';
import type { HbaInput, HbaRule, Hit } from './rule.ts';

type HitsOf = (rule: HbaRule) => readonly Hit[];

interface Checked {
  readonly input: HbaInput;
  readonly hits: Map<HbaRule, readonly Hit[]>;
}

/**
 * What the rules find in one pg_hba.conf while it is edited. After an edit, a rule that is `near` checks only the records
 * that the edit can affect. Its hits for all other records are reused.
 */
export class HitCache {
  #last: Checked | undefined;

  readonly hitsIn = (input: HbaInput): HitsOf => {
    const before = this.#last;
    const part = before && partToCheck(before.input, input);
    const hits = new Map<HbaRule, readonly Hit[]>();
    this.#last = { input, hits };
    return (rule) => {
      const known = rule.near ? before?.hits.get(rule) : undefined;
      const found = known && part ? merged(known, rule.check(part.input), part) : [...rule.check(input)];
      hits.set(rule, found);
      return found;
    };
  };
}

/** The part of a file that has to be checked after an edit. */
interface Part {
  /** The records to check, and the surrounding records that they depend on. */
  readonly input: HbaInput;
  /** The first and the last line whose text changed. */
  readonly edited: { readonly first: number; readonly last: number };
  /** The lines of the records to check. */
  readonly checked: ReadonlySet<number>;
}

/** undefined if the whole file must be checked: line numbers changed, the file includes others, or much changed. */
function partToCheck(before: HbaInput, now: HbaInput): Part | undefined {
  const { records } = now.hba;
  const [old, text] = [before.hba.lines, now.hba.lines];
  const isOther =
    before.major !== now.major ||
    before.ssl !== now.ssl ||
    before.superuser !== now.superuser ||
    before.hba.oauthValidatorLibraries !== now.hba.oauthValidatorLibraries ||
    [before, now].some(({ hba }) => hba.records.some(({ file }) => file !== undefined));
  const edited = isOther ? undefined : editedLines(old, text);
  if (!edited) return undefined;
  const [first, end] = [firstRecordFrom(records, edited.first), firstRecordFrom(records, edited.last + 1)];
  const shift = records.length - before.hba.records.length;
  const isKept = (placed: PlacedRecord, index: number) => {
    const old = before.hba.records[index < first ? index : index - shift];
    return (index >= first && index < end) || (old?.line === placed.line && sameRecord(old, placed));
  };
  // Unchanged text can be parsed as a different record if it names a file (`@names`) or contains a NUL.
  if (!records.every(isKept)) return undefined;
  const affected = new Set<number>();
  for (let index = Math.max(0, first - NEIGHBOURS); index < Math.min(records.length, end + MAX_DISTANCE); index++)
    affected.add(index);
  const [reachedBefore, reached] = [before.reach(), now.reach()];
  for (const [index, { status }] of reached.entries())
    if (reachedBefore[index < first ? index : index - shift]?.status !== status) affected.add(index);
  const needed = new Set<number>();
  for (const index of affected)
    for (let one = Math.max(0, index - MAX_DISTANCE); one <= index + NEIGHBOURS && one < records.length; one++)
      needed.add(one);
  if (needed.size * 2 > records.length) return undefined;
  const chosen = [...needed].sort((a, b) => a - b);
  const at = <Of>(list: readonly Of[]) => chosen.map((index) => list[index] as Of);
  const hba = { ...now.hba, records: at(records) };
  const reach = at(reached);
  let index: OverlapIndex | undefined;
  return {
    input: { ...now, hba, reach: () => reach, overlaps: () => (index ??= new OverlapIndex(hba)) },
    edited,
    checked: new Set([...affected].map((one) => (records[one] as PlacedRecord).line)),
  };
}

/** undefined if the edit changes the number of an unedited line. */
function editedLines(before: readonly HbaLine[], now: readonly HbaLine[]): Part['edited'] | undefined {
  if (before.length !== now.length) return undefined;
  const isSame = (index: number) => before[index]?.raw === now[index]?.raw;
  let first = 0;
  while (first < now.length && isSame(first)) first++;
  if (first === now.length) return { first: 0, last: -1 };
  let last = now.length - 1;
  while (last > first && isSame(last)) last--;
  // A logical line can span several physical lines.
  if (before.at(-1)?.number !== now.at(-1)?.number) return undefined;
  const numbers = [before[last], now[last]].map((line) => line?.number ?? -1);
  return { first: now[first]?.number ?? 0, last: Math.max(...numbers) };
}

/** The hits before an edit, with the hits of the checked lines replaced. */
function merged(known: readonly Hit[], found: Iterable<Hit>, { edited, checked }: Part): readonly Hit[] {
  const isChecked = (hit: Hit) => checked.has(lineOf(hit));
  const isEdited = (hit: Hit) => edited.first <= lineOf(hit) && lineOf(hit) <= edited.last;
  const kept = known.filter((hit) => !isChecked(hit) && !isEdited(hit));
  const fresh = [...found].filter(isChecked);
  return fresh.length === 0 ? kept : [...kept, ...fresh].sort((a, b) => lineOf(a) - lineOf(b));
}

const lineOf = ({ line = 0 }: Hit): number => line;
