import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains, network, type Prefix, parseAddress, prefixText, width } from './prefix.ts';
import { type AddressSet, difference, everything, intersection, nothing, prefixesOf, setOf, union } from './set.ts';

const net = (text: string): Prefix => {
  const [address = '', length = '32'] = text.split('/');
  const parsed = parseAddress(address);
  if (!parsed) throw new Error(text);
  return network(parsed, Number(length));
};
const texts = (set: AddressSet) => prefixesOf(set).map(prefixText);

test.each([
  [['10.0.0.0/25', '10.0.0.128/25'], ['10.0.0.0/24']],
  [['10.0.0.0/8', '10.1.0.0/16'], ['10.0.0.0/8']],
  [
    ['10.0.0.1/32', '10.0.0.2/32'],
    ['10.0.0.1/32', '10.0.0.2/32'],
  ],
  [['10.0.0.0/32', '10.0.0.1/32', '10.0.0.2/31'], ['10.0.0.0/30']],
  [['0.0.0.0/1', '128.0.0.0/1'], ['0.0.0.0/0']],
  [
    ['2001:db8::/33', '2001:db8:8000::/33', '10.0.0.0/8'],
    ['10.0.0.0/8', '2001:db8::/32'],
  ],
])('%j are %j', (prefixes, expected) => expect(texts(setOf(prefixes.map(net)))).toEqual(expected));

test('a network without its middle falls into the fewest parts', () =>
  expect(texts(difference(setOf([net('10.0.0.0/24')]), setOf([net('10.0.0.64/26')])))).toEqual([
    '10.0.0.0/26',
    '10.0.0.128/25',
  ]));

describe('small address spaces, counted address by address', () => {
  /** Networks within the last eight bits of each family: 512 addresses in all. */
  const small = fc
    .record({ family: fc.constantFrom(4 as const, 6 as const), bits: fc.nat(255), length: fc.nat(8) })
    .map(({ family, bits, length }) =>
      network({ family, bits: BigInt(bits), length: width(family) }, width(family) - 8 + length),
    );
  const some = fc.array(small, { maxLength: 8 });
  const world = ([4, 6] as const).flatMap((family) =>
    Array.from({ length: 256 }, (_, bits): Prefix => ({ family, bits: BigInt(bits), length: width(family) })),
  );
  const members = (set: AddressSet) =>
    world.map((host) =>
      set.some((range) => range.family === host.family && host.bits >= range.first && host.bits <= range.last),
    );
  const inPrefixes = (prefixes: readonly Prefix[]) =>
    world.map((host) => prefixes.some((prefix) => contains(prefix, host)));

  test('a set and the networks made from it contain the same addresses', () => {
    fc.assert(
      fc.property(some, (prefixes) => {
        const set = setOf(prefixes);
        expect(members(set)).toEqual(inPrefixes(prefixes));
        expect(inPrefixes(prefixesOf(set))).toEqual(inPrefixes(prefixes));
        expect(setOf(prefixesOf(set))).toEqual(set);
      }),
    );
  });

  test('union, intersection and difference match their definitions', () => {
    fc.assert(
      fc.property(some, some, (left, right) => {
        const [a, b] = [setOf(left), setOf(right)];
        const [inA, inB] = [members(a), members(b)];
        expect(members(union(a, b))).toEqual(inA.map((yes, at) => yes || inB[at] === true));
        expect(members(intersection(a, b))).toEqual(inA.map((yes, at) => yes && inB[at] === true));
        expect(members(difference(a, b))).toEqual(inA.map((yes, at) => yes && inB[at] !== true));
        expect(difference(a, everything)).toEqual(nothing);
        expect(union(difference(a, b), intersection(a, b))).toEqual(a);
      }),
    );
  });
});
