import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBytes } from './decode.ts';
import { encodingNotes, inUtf8 } from './encoding.ts';

const latin1 = (text: string) => decodeBytes(Buffer.from(text, 'latin1'));
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

test.each([
  ['UTF-8', 'local all all peer\n# Zoë \u{1f600}\n', []],
  ['a byte order mark', '\ufefflocal all all peer\n', [{ kind: 'mark' }]],
  [
    'Latin-1',
    latin1('local all all peer\nhost caf\xe9 jos\xe9 all md5\n'),
    [{ kind: 'invalid', count: 2, line: 2, byte: '\\xE9' }],
  ],
  ['UTF-16', decodeBytes(utf16('\ufefflocal all all peer\n')), [{ kind: 'utf16' }]],
  ['UTF-16, big endian', decodeBytes(utf16('\ufefflocal all all peer\n').swap16()), [{ kind: 'utf16' }]],
  ['UTF-16 without a mark', decodeBytes(utf16('local all all peer\n')), [{ kind: 'utf16' }]],
  ['a NUL', 'local all all peer\n#\0\n', [{ kind: 'nul', line: 2 }]],
  [
    'everything at once',
    `\ufeff${latin1('\n\n\xff\0')}`,
    [{ kind: 'mark' }, { kind: 'invalid', count: 1, line: 3, byte: '\\xFF' }, { kind: 'nul', line: 3 }],
  ],
])('notes on a file with %s', (_, text, notes) => {
  expect(encodingNotes(text)).toEqual(notes);
});

test('UTF-16 text becomes the same text in UTF-8, with either byte order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      fc.pre(!text.startsWith('\ufeff'));
      expect(inUtf8(decodeBytes(utf16(`\ufeff${text}`)))).toBe(text);
      expect(inUtf8(decodeBytes(utf16(`\ufeff${text}`).swap16()))).toBe(text);
    }),
  );
});

test('a byte order mark is removed, and bytes of an unknown encoding are kept', () => {
  expect(inUtf8('\ufefflocal all all peer\r\n')).toBe('local all all peer\r\n');
  expect(inUtf8(latin1('# caf\xe9'))).toBe('# caf\udce9');
});
