/** Cells of an axis from `from` up to, and not including, `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Cells that some records have taken: stretches in order that neither overlap nor touch. */
export class Cover {
  readonly #from: number[];
  readonly #to: number[];

  /** The spans are in order and do not touch. */
  constructor(spans: readonly Span[] = []) {
    this.#from = spans.map(({ from }) => from);
    this.#to = spans.map(({ to }) => to);
  }

  /** Takes the cells of a span. */
  add({ from, to }: Span): void {
    // The stretches that the new one overlaps or touches become one with it.
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

  /** Where the stretch that holds this cell ends; the cell itself where it is free. */
  past(cell: number): number {
    const at = lowerBound(this.#to, cell + 1);
    return (this.#from[at] ?? Number.POSITIVE_INFINITY) <= cell ? (this.#to[at] ?? cell) : cell;
  }

  /** The first cell from this one on that is taken; infinity where none is. */
  next(cell: number): number {
    const at = lowerBound(this.#to, cell + 1);
    return Math.max(cell, this.#from[at] ?? Number.POSITIVE_INFINITY);
  }
}

/** Index of the first number that is at least `value`, of some in order. */
export function lowerBound(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The cells that are in both lists. */
export function meet(a: readonly Span[], b: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const one of a) {
    for (const other of b) {
      const from = Math.max(one.from, other.from);
      const to = Math.min(one.to, other.to);
      if (from < to) found.push({ from, to });
    }
  }
  return found;
}
