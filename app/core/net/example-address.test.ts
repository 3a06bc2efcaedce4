import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleAddress } from './example-address.ts';
import { addressText, type Prefix, parsePrefix } from './prefix.ts';
import { type AddressSet, difference, everything, isEmpty, setOf } from './set.ts';

const net = (text: string): Prefix => {
  const parsed = parsePrefix(text);
  if (!parsed) throw new Error(text);
  return parsed;
};
const set = (...texts: readonly string[]): AddressSet => setOf(texts.map(net));
const exampleOf = (addresses: AddressSet): string | undefined => {
  const found = exampleAddress(addresses);
  return found && addressText(found);
};

test.each([
  ['0.0.0.0/0', '203.0.113.50'],
  ['::/0', '2001:db8::50'],
  ['203.0.113.0/24', '203.0.113.50'],
  ['10.0.0.0/8', '10.0.0.1'],
  ['10.8.0.0/16', '10.8.0.1'],
  ['10.8.3.0/24', '10.8.3.1'],
  ['192.168.7.4/30', '192.168.7.5'],
  ['192.168.7.4/31', '192.168.7.4'],
  ['192.168.7.4/32', '192.168.7.4'],
  ['8.8.8.0/24', '8.8.8.1'],
  ['127.0.0.0/8', '127.0.0.1'],
  ['2a02:8::/48', '2a02:8::1'],
  ['224.0.0.0/4', '224.0.0.1'],
  ['0.0.0.0/32', '0.0.0.0'],
])('the example of %s is %s, a host rather than the network', (text, example) => {
  expect(exampleOf(set(text))).toBe(example);
});

test('what is left of a network gives a host, not an address that ends in .0 or .255', () => {
  expect(exampleOf(difference(set('10.1.0.0/16'), set('10.1.0.0/24')))).toBe('10.1.1.1');
  expect(exampleOf([{ family: 4, first: net('10.1.2.254').bits, last: net('10.1.3.9').bits }])).toBe('10.1.3.1');
});

test('all addresses without some networks give a documentation address, else a private one, else any host', () => {
  expect(exampleOf(difference(everything, set('203.0.113.0/24')))).toBe('198.51.100.50');
  const documentation = set('203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24');
  expect(exampleOf(difference(everything, documentation))).toBe('10.0.0.1');
  const own = set('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16');
  expect(exampleOf(difference(difference(everything, documentation), own))).toBe('1.0.0.1');
});

test('addresses that no client has are the last resort', () => {
  expect(exampleOf(set('224.0.0.0/3', '2001:db8::/32'))).toBe('2001:db8::50');
});

describe('whatever the set', () => {
  const prefixes = fc.array(
    fc
      .tuple(fc.constantFrom<4 | 6>(4, 6), fc.bigInt(0n, (1n << 128n) - 1n), fc.nat(128))
      .map(([family, bits, length]) => {
        const full = family === 4 ? 32 : 128;
        const of = length % (full + 1);
        const host = BigInt(full - of);
        return { family, bits: ((bits & ((1n << BigInt(full)) - 1n)) >> host) << host, length: of };
      }),
    { maxLength: 5 },
  );

  test('the example is in the set, and only the empty set has none', () => {
    fc.assert(
      fc.property(prefixes, prefixes, (some, others) => {
        for (const addresses of [
          setOf(some),
          difference(setOf(some), setOf(others)),
          difference(everything, setOf(others)),
        ]) {
          const found = exampleAddress(addresses);
          expect(found === undefined).toBe(isEmpty(addresses));
          if (found) expect(isEmpty(difference(setOf([found]), addresses))).toBe(true);
        }
      }),
    );
  });
});
