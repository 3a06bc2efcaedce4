import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contains, distinct, network, overlap, type Prefix, samePrefix, width } from './prefix.ts';
import { PrefixIndex } from './prefix-index.ts';

/** Networks that often overlap: the last eight bits of each family. */
const small = fc
  .record({ family: fc.constantFrom(4 as const, 6 as const), bits: fc.nat(255), length: fc.nat(8) })
  .map(({ family, bits, length }) =>
    network({ family, bits: BigInt(bits), length: width(family) }, width(family) - 8 + length),
  );

const numbers = (found: readonly number[]) => found.toSorted((a, b) => a - b);

test('an index finds the same networks as a scan of the list', () => {
  fc.assert(
    fc.property(fc.array(small, { maxLength: 30 }), small, (list, asked) => {
      const index = new PrefixIndex(list.map((prefix, at) => [prefix, at] as const));
      const where = (fits: (prefix: Prefix) => boolean) => list.flatMap((prefix, at) => (fits(prefix) ? [at] : []));
      expect(index.at(asked)).toEqual(where((prefix) => samePrefix(prefix, asked)));
      expect(numbers(index.covering(asked).flat())).toEqual(where((prefix) => contains(prefix, asked)));
      expect(index.covers(asked)).toBe(list.some((prefix) => contains(prefix, asked)));
      expect(numbers(index.inside(asked))).toEqual(
        where((prefix) => contains(asked, prefix) && !samePrefix(asked, prefix)),
      );
      expect(index.overlaps(asked)).toBe(list.some((prefix) => overlap(prefix, asked)));
      expect(numbers(index.overlapping(asked))).toEqual(where((prefix) => overlap(prefix, asked)));
    }),
  );
});

test('distinct networks keep the first occurrence of each and their order', () => {
  fc.assert(
    fc.property(fc.array(small, { maxLength: 30 }), (list) => {
      expect(distinct(list)).toEqual(
        list.filter((prefix, at) => list.findIndex((other) => samePrefix(other, prefix)) === at),
      );
    }),
  );
});
