import { expect, test } from 'vitest';
import { lines } from './lines.ts';
import { type Sh, sh, shWord } from './sh.ts';

test('a template over several lines loses the line breaks around it and the indentation of its first line', () => {
  const text = sh`

    if true; then
      echo ${shWord('a  b')}
    fi
  `;
  expect(lines(text)).toEqual(['', 'if true; then', "  echo 'a  b'", 'fi']);
});

test('a text of one line stays as it is', () => {
  expect(lines(sh`echo  x`)).toEqual(['echo  x']);
});

test('only the line breaks around the text fall away', () => {
  expect(lines('a\n\nb\n' as Sh)).toEqual(['a', '', 'b']);
  expect(lines('\n a\n\t' as Sh)).toEqual(['a']);
  expect(lines(' ' as Sh)).toEqual([' ']);
});

test('the first line that is not blank gives the indentation; lines with less have none', () => {
  expect(lines(' \n    a\n      b\n  c \nd' as Sh)).toEqual(['', 'a', '  b', 'c ', 'd']);
});
