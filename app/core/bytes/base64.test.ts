import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from './base64.ts';
import '../testing/seed.ts';

test('base64 agrees with Node, with and without padding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      if (bytes.length > 0) expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    }),
  );
});

test.each(['A', 'AAAAA', 'AB==CD==', 'A===', '====', 'AA-A', 'AA A', 'AAA'])('%s is not base64', (text) =>
  expect(fromBase64(text)).toBeUndefined(),
);

test.each(['', 'A', 'AAAAA', 'AA==', 'AA+A', 'AA A'])('%s is not base64 for URLs', (text) =>
  expect(fromBase64Url(text)).toBeUndefined(),
);
