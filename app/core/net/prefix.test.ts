import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import {
  addressText,
  byNarrowness,
  contains,
  firstHost,
  network,
  overlap,
  type Prefix,
  parseAddress,
  parsePrefix,
  prefixText,
} from './prefix.ts';

const address = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((bits): Prefix => ({ family: 4, bits, length: 32 })),
  fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((bits): Prefix => ({ family: 6, bits, length: 128 })),
);
const prefix = fc.tuple(address, fc.nat({ max: 128 })).map(([of, length]) => network(of, Math.min(length, of.length)));

describe('prefixes', () => {
  test('an address is parsed from its own text', () => {
    fc.assert(
      fc.property(address, (of) => {
        expect(parseAddress(addressText(of))).toEqual(of);
      }),
    );
  });

  test('a network is parsed from its own text, and any other text is rejected', () => {
    fc.assert(
      fc.property(prefix, (of) => {
        expect(parsePrefix(prefixText(of))).toEqual(of);
      }),
    );
    expect(parsePrefix('10.1.2.3/8')).toEqual(parsePrefix('10.0.0.0/8'));
    expect(parsePrefix('::1')).toEqual(parseAddress('::1'));
    for (const text of ['', '10', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '/8', '::/129', 'ten'])
      expect(parsePrefix(text)).toBeUndefined();
  });

  test.each([
    ['::1.2.3.4', '::102:304'],
    ['::ffff:1.2.3.4', '::ffff:102:304'],
    ['64:ff9b::10.0.0.255', '64:ff9b::a00:ff'],
    ['1:2:3:4:5:6:255.254.253.252', '1:2:3:4:5:6:fffe:fdfc'],
  ])('%s, with a dotted end, is %s', (dotted, hexadecimal) => {
    expect(parseAddress(dotted)).toEqual(parseAddress(hexadecimal));
    expect(parseAddress(hexadecimal)).toBeDefined();
  });

  test.each(['::1.2.3', '::1.2.3.256', '1:2:3:4:5:6:7:1.2.3.4', '1.2.3.4::', '::1.2.3.4:5'])(
    '%s is not an address',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );

  test('a network contains each of its hosts, and no network contains one of the other family', () => {
    fc.assert(
      fc.property(address, fc.nat({ max: 128 }), address, (of, length, other) => {
        expect(contains(network(of, Math.min(length, of.length)), of)).toBe(true);
        if (of.family !== other.family) expect(contains(network(of, 0), other)).toBe(false);
      }),
    );
  });

  test('text that looks like IPv6 is parsed as by a parser of every spelling', () => {
    const group = fc.constantFrom('0', '00', '0db8', 'fFfF', '1', '12345', 'g', '');
    const text = fc.array(fc.tuple(group, fc.constantFrom(':', ':', ':', '::', ':::')), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(text, fc.boolean(), (parts, cut) => {
        const written = parts
          .flat()
          .slice(0, cut ? -1 : undefined)
          .join('');
        const bytes = ipaddr.IPv6.isValid(written) ? ipaddr.IPv6.parse(written).toByteArray() : undefined;
        const bits = bytes?.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
        expect(written.includes(':') ? parseAddress(written)?.bits : bits).toBe(bits);
      }),
      { numRuns: 2000 },
    );
  });

  test('two networks that share an address are nested', () => {
    fc.assert(
      fc.property(prefix, prefix, (a, b) => {
        const sharesStart =
          contains(a, { ...b, length: firstHost(b).length }) || contains(b, { ...a, length: firstHost(a).length });
        expect(overlap(a, b)).toBe(sharesStart);
      }),
    );
  });

  test('sorting puts every network before those that contain it', () => {
    fc.assert(
      fc.property(fc.array(prefix), (list) => {
        const sorted = list.toSorted(byNarrowness);
        for (const [index, one] of sorted.entries()) {
          for (const later of sorted.slice(index + 1))
            expect(contains(one, later) && one.length < later.length).toBe(false);
        }
      }),
    );
  });

  test.each([
    '10.1',
    '010.0.0.1',
    '0x0a.0.0.1',
    '1.2.3.4.5',
    '256.1.1.1',
    'fe80::1%lo',
    '',
    ' 10.0.0.1',
    '10.0.0.1 ',
    '::ffff:1.2.3.4.5',
  ])('%j is not an address', (text) => expect(parseAddress(text)).toBeUndefined());

  test('IPv6 is written as RFC 5952 requires', () => {
    const of = parseAddress('2001:0DB8:0:0:1:0:0:1');
    expect(of && prefixText(of)).toBe('2001:db8::1:0:0:1/128');
  });
});
