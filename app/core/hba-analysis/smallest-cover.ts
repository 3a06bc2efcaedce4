import { type CoverageIndex, hostCovers, offAxisCovers, type Region } from './coverage-index.ts';
import { type Interval, intersect } from './interval-set.ts';
import type { Matching, Names } from './names.ts';

/** Above this many candidate records, returns an irredundant set instead of a minimum one. */
const MAX_EXACT = 24;

/** Limit on the steps of the search for a smaller set. */
const MAX_STEPS = 5000;

/** After this many earlier records, the scan for candidates stops as soon as they cover the region. */
const MAX_SCANNED = 5000;

/** Indexes, in file order, of earlier records that together cover the region of an unreachable record. */
export function smallestCover(
  region: Region,
  earlier: readonly Region[],
  coverage: CoverageIndex,
  names: Names,
): number[] {
  const intervals = region.offAxis?.kinds ?? region.intervals;
  const demands = demandsOf(region, names, intervals);
  const everything: readonly Part[] = demands.flatMap((_, demand) =>
    intervals.map((interval) => ({ demand, ...interval })),
  );
  const partsByRecord = new Map<number, readonly Part[]>();
  let uncovered = everything;
  const candidates = new Set(
    demands.flatMap(({ matching }) => coverage.buckets(matching)).flatMap(({ members }) => members),
  );
  for (const [scanned, index] of [...candidates].sort((a, b) => a - b).entries()) {
    const parts = partsOf(earlier[index], demands, region);
    if (parts.length === 0) continue;
    if (subtract(everything, parts).length === 0) return [index];
    partsByRecord.set(index, parts);
    uncovered = subtract(uncovered, parts);
    if (uncovered.length === 0 && scanned > MAX_SCANNED) break;
  }
  const cover = irredundant(everything, partsByRecord, greedy(everything, partsByRecord));
  // The loop above has excluded a single record, so two are the minimum.
  if (cover.length <= 2 || partsByRecord.size > MAX_EXACT) return cover;
  return smallerCover(everything, partsByRecord, cover.length) ?? cover;
}

/** Cells that must be covered for one representative point of the region. */
interface Demand {
  readonly matching: Matching;
  readonly intervals: readonly Interval[];
}

/** Cells of one demand. */
interface Part extends Interval {
  readonly demand: number;
}

function demandsOf(region: Region, names: Names, intervals: readonly Interval[]): Demand[] {
  return region.databases.flatMap((database) =>
    region.users.flatMap((user) => {
      const { points, complete } = names.representatives([database], [user]);
      const matchings = complete
        ? points.map((point) => names.matching(point))
        : [names.guaranteedMatches([database], [user])];
      return matchings.map((matching) => ({ matching, intervals }));
    }),
  );
}

/** The parts of all demands that an earlier record covers. */
function partsOf(one: Region | undefined, demands: readonly Demand[], region: Region): Part[] {
  if (!one || (one.host !== undefined && !hostCovers(one.host, region.host))) return [];
  const includesOffAxis = region.offAxis && one.offAxis && offAxisCovers(one.offAxis.keyword, region.offAxis.keyword);
  const shared = intersect(
    includesOffAxis ? one.offAxis.kinds : one.intervals,
    region.offAxis?.kinds ?? region.intervals,
  );
  if (shared.length === 0) return [];
  return demands.flatMap(({ matching }, demand) =>
    one.databases.some(({ key }) => matching.databases.includes(key)) &&
    one.users.some(({ key }) => matching.users.includes(key))
      ? shared.map((interval) => ({ demand, ...interval }))
      : [],
  );
}

/** The parts subtract the cells of the others. */
function subtract(parts: readonly Part[], removed: readonly Part[]): Part[] {
  return parts.flatMap((part) => {
    let left: Part[] = [part];
    for (const { demand, from, to } of removed) {
      if (demand !== part.demand || from >= part.to || to <= part.from) continue;
      left = left.flatMap((piece) => [
        ...(piece.from < from ? [{ ...piece, to: Math.min(piece.to, from) }] : []),
        ...(piece.to > to ? [{ ...piece, from: Math.max(piece.from, to) }] : []),
      ]);
    }
    return left;
  });
}

const size = (parts: readonly Part[]): number => parts.reduce((sum, { from, to }) => sum + to - from, 0);

/** A cover of fewer than `size` records, by branching on every record that covers the first uncovered cell. */
function smallerCover(
  everything: readonly Part[],
  partsByRecord: ReadonlyMap<number, readonly Part[]>,
  size: number,
): number[] | undefined {
  let steps = 0;
  const search = (uncovered: readonly Part[], left: number): number[] | undefined => {
    const [first] = uncovered;
    if (!first) return [];
    if (left === 0 || ++steps > MAX_STEPS) return undefined;
    for (const [index, parts] of partsByRecord) {
      if (!parts.some(({ demand, from, to }) => demand === first.demand && from <= first.from && first.from < to))
        continue;
      const rest = search(subtract(uncovered, parts), left - 1);
      if (rest) return [index, ...rest];
    }
    return undefined;
  };
  for (let count = 2; count < size && steps <= MAX_STEPS; count++) {
    const cover = search(everything, count);
    if (cover) return cover.toSorted((a, b) => a - b);
  }
  return undefined;
}

/** Repeatedly adds the record that covers most of the uncovered cells. */
function greedy(everything: readonly Part[], partsByRecord: ReadonlyMap<number, readonly Part[]>): number[] {
  const chosen: number[] = [];
  let uncovered: readonly Part[] = everything;
  while (uncovered.length > 0) {
    let best: { readonly index: number; readonly left: readonly Part[] } | undefined;
    for (const [index, parts] of partsByRecord) {
      const left = subtract(uncovered, parts);
      if (!best || size(left) < size(best.left)) best = { index, left };
    }
    if (!best || size(best.left) === size(uncovered)) break;
    chosen.push(best.index);
    uncovered = best.left;
  }
  return chosen.toSorted((a, b) => a - b);
}

/** Removes each record whose parts the others cover. */
function irredundant(
  everything: readonly Part[],
  partsByRecord: ReadonlyMap<number, readonly Part[]>,
  chosen: readonly number[],
): number[] {
  let kept = [...chosen];
  for (const index of chosen) {
    const others = kept.filter((one) => one !== index);
    if (
      subtract(
        everything,
        others.flatMap((one) => partsByRecord.get(one) ?? []),
      ).length === 0
    )
      kept = others;
  }
  return kept;
}
