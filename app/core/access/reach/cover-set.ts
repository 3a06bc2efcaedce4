import { meet, type Span } from './cover.ts';
import { hostCovers, type Ledger, ownWithin, type Region } from './ledger.ts';
import type { Matching, Names } from './names.ts';

/** Up to this many records in question the smallest set is searched for; beyond, one of which none can be spared is given. */
const EXACT = 24;

/** Steps of the search for a smaller set. */
const STEPS = 5000;

/** How many earlier records are looked at for one dead record, before what is found so far must do. */
const LOOKS = 5000;

/** Indexes of earlier records, of those in the ledger, that together take all of a dead record's region, in file order. */
export function smallestCover(region: Region, earlier: readonly Region[], ledger: Ledger, names: Names): number[] {
  const spans = region.own?.kinds ?? region.spans;
  const demands = demandsOf(region, names, spans);
  const everything: readonly Part[] = demands.flatMap((_, demand) => spans.map((span) => ({ demand, ...span })));
  const taking = new Map<number, readonly Part[]>();
  let open = everything;
  const inQuestion = new Set(
    demands.flatMap(({ matching }) => ledger.buckets(matching)).flatMap(({ members }) => members),
  );
  for (const [looks, index] of [...inQuestion].sort((a, b) => a - b).entries()) {
    const parts = partsOf(earlier[index], demands, region);
    if (parts.length === 0) continue;
    if (without(everything, parts).length === 0) return [index];
    taking.set(index, parts);
    open = without(open, parts);
    if (open.length === 0 && looks > LOOKS) break;
  }
  const found = spared(everything, taking, greedy(everything, taking));
  // One alone is ruled out above, so two are as few as can be.
  if (found.length <= 2 || taking.size > EXACT) return found;
  return fewer(everything, taking, found.length) ?? found;
}

/** What has to be taken: the cells for one pair of tokens. */
interface Demand {
  readonly matching: Matching;
  readonly spans: readonly Span[];
}

interface Part extends Span {
  readonly demand: number;
}

function demandsOf(region: Region, names: Names, spans: readonly Span[]): Demand[] {
  return region.databases.flatMap((database) =>
    region.users.flatMap((user) => {
      const { points, complete } = names.trial([database], [user]);
      const matchings = complete ? points.map((point) => names.matching(point)) : [names.floor([database], [user])];
      return matchings.map((matching) => ({ matching, spans }));
    }),
  );
}

function partsOf(one: Region | undefined, demands: readonly Demand[], region: Region): Part[] {
  if (!one || (one.host !== undefined && !hostCovers(one.host, region.host))) return [];
  const whole = region.own && one.own && ownWithin(one.own.keyword, region.own.keyword);
  const shared = meet(whole ? one.own.kinds : one.spans, region.own?.kinds ?? region.spans);
  if (shared.length === 0) return [];
  return demands.flatMap(({ matching }, demand) =>
    one.databases.some(({ key }) => matching.databases.includes(key)) &&
    one.users.some(({ key }) => matching.users.includes(key))
      ? shared.map((span) => ({ demand, ...span }))
      : [],
  );
}

/** What is left of some parts when others are taken away. */
function without(parts: readonly Part[], taken: readonly Part[]): Part[] {
  return parts.flatMap((part) => {
    let left: Part[] = [part];
    for (const { demand, from, to } of taken) {
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

/** A smaller set than of `size`, by trying for the first open cell every record that takes it. */
function fewer(
  everything: readonly Part[],
  taking: ReadonlyMap<number, readonly Part[]>,
  size: number,
): number[] | undefined {
  let steps = 0;
  const search = (open: readonly Part[], left: number): number[] | undefined => {
    const [first] = open;
    if (!first) return [];
    if (left === 0 || ++steps > STEPS) return undefined;
    for (const [index, parts] of taking) {
      if (!parts.some(({ demand, from, to }) => demand === first.demand && from <= first.from && first.from < to))
        continue;
      const rest = search(without(open, parts), left - 1);
      if (rest) return [index, ...rest];
    }
    return undefined;
  };
  for (let count = 2; count < size && steps <= STEPS; count++) {
    const found = search(everything, count);
    if (found) return found.toSorted((a, b) => a - b);
  }
  return undefined;
}

/** Takes what helps most, again and again. */
function greedy(everything: readonly Part[], taking: ReadonlyMap<number, readonly Part[]>): number[] {
  const chosen: number[] = [];
  let open: readonly Part[] = everything;
  while (open.length > 0) {
    let best: { readonly index: number; readonly left: readonly Part[] } | undefined;
    for (const [index, parts] of taking) {
      const left = without(open, parts);
      if (!best || size(left) < size(best.left)) best = { index, left };
    }
    if (!best || size(best.left) === size(open)) break;
    chosen.push(best.index);
    open = best.left;
  }
  return chosen.toSorted((a, b) => a - b);
}

/** Leaves out what the others make up for. */
function spared(
  everything: readonly Part[],
  taking: ReadonlyMap<number, readonly Part[]>,
  chosen: readonly number[],
): number[] {
  let kept = [...chosen];
  for (const index of chosen) {
    const others = kept.filter((one) => one !== index);
    if (
      without(
        everything,
        others.flatMap((one) => taking.get(one) ?? []),
      ).length === 0
    )
      kept = others;
  }
  return kept;
}
