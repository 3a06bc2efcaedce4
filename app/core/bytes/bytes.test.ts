import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteLength, encodeBytes, shownBytes } from './bytes.ts';
import { decodeBytes, rejoined } from './decode.ts';

const bytesOf = (...bytes: readonly number[]) => Uint8Array.from(bytes);

/** Arbitrary bytes, and UTF-8 with some bytes damaged: random bytes alone rarely resemble a valid sequence. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .tuple(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 4 }))
    .map(([text, damage]) => {
      const bytes = new TextEncoder().encode(text);
      for (const [at, byte] of damage) if (at < bytes.length) bytes[at] = byte;
      return bytes;
    }),
  fc
    .array(fc.constantFrom(0xed, 0xa0, 0xb2, 0x80, 0xe9, 0xc3, 0xa9, 0xf0, 0x90, 0x8f, 0xf4, 0xbf, 0xc0, 0xff, 0x0a), {
      maxLength: 40,
    })
    .map((bytes) => Uint8Array.from(bytes)),
);

describe('bytes as text', () => {
  test('any bytes are restored unchanged', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const text = decodeBytes(bytes);
        expect(encodeBytes(text)).toEqual(bytes);
        expect(byteLength(text)).toBe(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  test('valid UTF-8 becomes the text that TextDecoder reads, with its byte order mark', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        let valid: string | undefined;
        try {
          valid = strict.decode(bytes);
        } catch {
          valid = undefined;
        }
        if (valid === undefined) expect(decodeBytes(bytes)).toMatch(/[\udc80-\udcff]/u);
        else expect(decodeBytes(bytes)).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });

  test('text of any characters is encoded as TextEncoder does, except escaped bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }), (text) => {
        fc.pre(!/[\udc80-\udcff]/u.test(text));
        expect(encodeBytes(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)));
      }),
    );
  });

  test('different texts represent different bytes', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, (one, other) => {
        expect(decodeBytes(one) === decodeBytes(other)).toBe(Buffer.from(one).equals(Buffer.from(other)));
      }),
    );
  });

  test.each([
    ['a byte order mark', bytesOf(0xef, 0xbb, 0xbf, 0x61), '\ufeffa'],
    ['Latin-1', bytesOf(0x63, 0x61, 0x66, 0xe9, 0x0a), 'caf\udce9\n'],
    ['UTF-16', bytesOf(0xff, 0xfe, 0x61, 0x00), '\udcff\udcfea\0'],
    ['a surrogate', bytesOf(0xed, 0xa0, 0x80), '\udced\udca0\udc80'],
    ['an overlong form', bytesOf(0xc0, 0xaf), '\udcc0\udcaf'],
    ['beyond Unicode', bytesOf(0xf4, 0x90, 0x80, 0x80), '\udcf4\udc90\udc80\udc80'],
    ['a character cut off', bytesOf(0xe2, 0x82), '\udce2\udc82'],
  ])('%s', (_, bytes, text) => {
    expect(decodeBytes(bytes)).toBe(text);
  });

  test('long files are assembled from pieces without losing a byte', () => {
    const bytes = Uint8Array.from({ length: 100_003 }, (_, at) => (at * 7 + (at >> 8)) & 0xff);
    expect(encodeBytes(decodeBytes(bytes))).toEqual(bytes);
  });

  test('parts of a character that become adjacent form that character', () => {
    expect(rejoined('\udcc3\udca9')).toBe('é');
    expect(rejoined('caf\udce9')).toBe('caf\udce9');
  });

  test('invisible bytes are written out', () => {
    expect(shownBytes('\ufefflocal caf\udce9 \u{1f600}')).toBe('\\xEF\\xBB\\xBFlocal caf\\xE9 \u{1f600}');
  });
});
