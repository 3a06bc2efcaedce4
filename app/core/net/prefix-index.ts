import { type Family, type Prefix, width } from './prefix.ts';

interface Entry<T> {
  readonly prefix: Prefix;
  readonly value: T;
}

/**
 * Networks, each with a value, found by address instead of one by one. A lookup takes one step for each prefix length
 * that occurs, however many networks there are.
 */
export class PrefixIndex<T> {
  readonly #all: Readonly<Record<Family, Entry<T>[]>> = { 4: [], 6: [] };
  /** By length, then by network address. */
  readonly #buckets: Readonly<Record<Family, Map<number, Map<string, T[]>>>> = { 4: new Map(), 6: new Map() };
  /** Entries are sorted on first use, and stay sorted. */
  #sorted = false;

  constructor(entries: Iterable<readonly [Prefix, T]> = []) {
    for (const [prefix, value] of entries) this.add(prefix, value);
  }

  add(prefix: Prefix, value: T): void {
    const lengths = this.#buckets[prefix.family];
    let bucket = lengths.get(prefix.length);
    if (!bucket) {
      bucket = new Map();
      lengths.set(prefix.length, bucket);
    }
    const key = keyOf(prefix.bits);
    const here = bucket.get(key);
    if (here) here.push(value);
    else bucket.set(key, [value]);
    const all = this.#all[prefix.family];
    if (this.#sorted) all.splice(firstFrom(all, prefix.bits), 0, { prefix, value });
    else all.push({ prefix, value });
  }

  get isEmpty(): boolean {
    return this.#all[4].length + this.#all[6].length === 0;
  }

  /** Values of exactly this network, in the order in which they were added. */
  at({ family, bits, length }: Prefix): readonly T[] {
    return this.#buckets[family].get(length)?.get(keyOf(bits)) ?? [];
  }

  /** Values of the networks that contain this one, itself included, network by network. */
  covering({ family, bits, length }: Prefix): (readonly T[])[] {
    const found: (readonly T[])[] = [];
    for (const [own, bucket] of this.#buckets[family]) {
      if (own > length) continue;
      const host = BigInt(width(family) - own);
      const here = bucket.get(keyOf((bits >> host) << host));
      if (here) found.push(here);
    }
    return found;
  }

  /** Whether one of the networks contains this one. */
  covers(prefix: Prefix): boolean {
    return this.covering(prefix).length > 0;
  }

  /** Values of the networks that are inside this one and smaller. */
  inside(prefix: Prefix): T[] {
    this.#sort();
    const all = this.#all[prefix.family];
    const last = prefix.bits + (1n << BigInt(width(prefix.family) - prefix.length)) - 1n;
    const found: T[] = [];
    for (let at = firstFrom(all, prefix.bits); at < all.length; at++) {
      const entry = all[at];
      if (!entry || entry.prefix.bits > last) break;
      if (entry.prefix.length > prefix.length) found.push(entry.value);
    }
    return found;
  }

  /** Whether one of the networks shares an address with this one. */
  overlaps(prefix: Prefix): boolean {
    return this.covers(prefix) || this.inside(prefix).length > 0;
  }

  /** Values of the networks that share an address with this one. */
  overlapping(prefix: Prefix): T[] {
    return [...this.covering(prefix).flat(), ...this.inside(prefix)];
  }

  #sort(): void {
    if (this.#sorted) return;
    for (const family of [4, 6] as const)
      this.#all[family].sort((a, b) => (a.prefix.bits < b.prefix.bits ? -1 : a.prefix.bits > b.prefix.bits ? 1 : 0));
    this.#sorted = true;
  }
}

/** As text, because V8 hashes a bigint only by its lowest 64 bits, which are zero in every /64 of IPv6. */
const keyOf = (bits: bigint): string => bits.toString(32);

/** The index of the first entry whose network address is not below `bits`. */
function firstFrom<T>(all: readonly Entry<T>[], bits: bigint): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.prefix.bits ?? bits) < bits) low = middle + 1;
    else high = middle;
  }
  return low;
}
