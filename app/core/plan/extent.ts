import { issueAt, type PlanIssue } from './result.ts';
import { problem } from './text.ts';

/**
 * What any JSON may have before it is checked as a plan. The largest plan within the limits of `size.ts` has about
 * 40,000 values (4,000 names, 10,000 networks, 500 clients of 25 answers, …) and is 6 levels deep; `500 × 500` source
 * networks are 250,000 values, and checking each of them would take seconds.
 */
export const EXTENT = { values: 60_000, depth: 12 } as const;

type Container = Readonly<Record<string, unknown>> | readonly unknown[];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** A list or a group of answers, and how many values are in it and below. */
interface Part {
  readonly value: Container;
  readonly key: string;
  readonly parent: Part | undefined;
  readonly depth: number;
  count: number;
}

/**
 * Rejects JSON that is deeper or larger than a plan can be: without recursion, in one pass that reads no text.
 * Oversized JSON is rejected at its heaviest part, the deepest one that has more than half of all values.
 */
export function extentIssues(json: unknown): PlanIssue[] {
  if (!isContainer(json)) return [];
  const whole: Part = { value: json, key: '', parent: undefined, depth: 0, count: 0 };
  const parts = [whole];
  // Parts are visited in the order in which they are found, so every part comes after its parent.
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    // This many parts already exceed the limit on values; unvisited parts are not counted.
    if (!part || at > EXTENT.values) break;
    part.count = Array.isArray(part.value) ? part.value.length : Object.keys(part.value).length;
    if (part.depth === EXTENT.depth && part.count > 0)
      return [issueAt(pathOf(part).slice(0, 1), problem('plan.tooDeep', { limit: EXTENT.depth }))];
    for (const [key, value] of entriesOf(part.value)) {
      if (parts.length > EXTENT.values) break;
      if (isContainer(value)) parts.push({ value, key: String(key), parent: part, depth: part.depth + 1, count: 0 });
    }
  }
  for (const { parent, count } of parts.toReversed()) if (parent) parent.count += count;
  if (whole.count <= EXTENT.values) return [];
  const heaviest = parts.findLast(({ count }) => count > whole.count / 2) ?? whole;
  return [issueAt(pathOf(heaviest), problem('plan.tooLarge', { count: whole.count, limit: EXTENT.values }))];
}

const entriesOf = (value: Container): Iterable<readonly [string | number, unknown]> =>
  Array.isArray(value) ? value.entries() : Object.entries(value);

function pathOf(part: Part): string[] {
  const path: string[] = [];
  for (let at = part; at.parent; at = at.parent) path.unshift(at.key);
  return path;
}
