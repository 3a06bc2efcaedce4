import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance } from './distance.ts';

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['same', 'same', 0],
  ['kitten', 'sitting', 3],
  ['ssl_certfile', 'ssl_cert_file', 1],
  ['ssl_cret', 'ssl_cert', 1],
  ['ab', 'ba', 1],
  // A text is not edited again where it was swapped.
  ['ca', 'abc', 3],
])('from %j to %j: %i', (a, b, steps) => expect(distance(a, b)).toBe(steps));

test('is what the definition says', () => {
  const defined = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length;
    const ways = [
      defined(a.slice(1), b) + 1,
      defined(a, b.slice(1)) + 1,
      defined(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
    ];
    if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]) ways.push(defined(a.slice(2), b.slice(2)) + 1);
    return Math.min(...ways);
  };
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(distance(a, b)).toBe(defined(a, b));
    }),
  );
});
