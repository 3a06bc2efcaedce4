import { expect, it } from 'vitest';
import { defaultPlan, generate } from '../../../../core/index.ts';
import { filesChange, textChange } from './changes.ts';
import { highlight } from './highlight.ts';

it('marks the lines that are new or different, and counts removed ones', () => {
  const change = textChange('one\ntwo\nthree\n', 'one\nTWO\nthree\nfour\n');
  expect([...change.added]).toEqual([2, 4]);
  expect(change.removed).toBe(1);
});

it('marks as few lines as possible where a line moves, in a file as long as before', () => {
  const change = textChange('one\ntwo\nthree\nfour\n', 'two\nthree\nfour\none\n');
  expect([...change.added]).toEqual([4]);
  expect(change.removed).toBe(1);
});

it('detects new and removed files', () => {
  const direct = generate(defaultPlan('direct'));
  const fewer = { ...direct, files: direct.files.slice(1) };
  const [first] = direct.files;
  expect(filesChange(fewer.files, direct.files).files.get(first?.path ?? '')?.isNew).toBe(true);
  expect(filesChange(direct.files, fewer.files).gone).toEqual([first?.path]);
});

it('does not list unchanged files', () => {
  const plan = defaultPlan('direct');
  const { files, gone } = filesChange(generate(plan).files, generate(plan).files);
  expect(files.size + gone.length).toBe(0);
});

it('marks the whole file if almost nothing is unchanged', () => {
  const many = (word: string) => Array.from({ length: 3000 }, (_, index) => `${word} ${index}`).join('\n');
  expect(textChange(many('a'), many('b')).added.size).toBe(3000);
});

it('highlights without losing a character', () => {
  for (const file of generate(defaultPlan('bastion')).files) {
    for (const line of file.content.split('\n')) {
      expect(
        highlight(line, file.language)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(line);
    }
  }
});
