import { expect, test } from 'vitest';
import { lines } from './lines.ts';
import { sh, shWord } from './sh.ts';

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
