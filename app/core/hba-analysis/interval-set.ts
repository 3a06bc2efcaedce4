/** Cells of an axis from `from` up to but not including `to`. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** A set of cells, stored as sorted intervals that neither overlap nor touch. */
export class IntervalSet {
  readonly #from: number[];
  readonly #to: number[];

  /** The intervals must be sorted and must not overlap or touch. */
  constructor(intervals: readonly Interval[] = []) {
    this.#from = intervals.map(({ from }) => from);
    this.#to = intervals.map(({ to }) => to);
  }

  /** Adds the cells of an interval. */
  add({ from, to }: Interval): void {
    // Merges the intervals that the new one overlaps or touches.
    const first = lowerBound(this.#to, from);
    let last = first;
    let [start, end] = [from, to];
    for (; last < this.#from.length && (this.#from[last] ?? 0) <= to; last++) {
      start = Math.min(start, this.#from[last] ?? start);
      end = Math.max(end, this.#to[last] ?? end);
    }
    if (last - first === 1) {
      this.#from[first] = start;
      this.#to[first] = end;
      return;
    }
    this.#from.splice(first, last - first, start);
    this.#to.splice(first, last - first, end);
  }

  /** End of the interval that contains this cell; the cell itself if it is not in the set. */
  past(cell: number): number {
    const at = lowerBound(this.#to, cell + 1);
    return (this.#from[at] ?? Number.POSITIVE_INFINITY) <= cell ? (this.#to[at] ?? cell) : cell;
  }

  /** The first cell of the set that is this one or a later one; infinity if there is none. */
  next(cell: number): number {
    const at = lowerBound(this.#to, cell + 1);
    return Math.max(cell, this.#from[at] ?? Number.POSITIVE_INFINITY);
  }
}

/** Index of the first of the sorted numbers that is at least `value`. */
export function lowerBound(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The cells in both lists. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const one of a) {
    for (const other of b) {
      const from = Math.max(one.from, other.from);
      const to = Math.min(one.to, other.to);
      if (from < to) result.push({ from, to });
    }
  }
  return result;
}
