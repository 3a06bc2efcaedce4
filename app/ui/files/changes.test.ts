import { expect, it } from 'vitest';
import { defaultPlan, generate } from '../../core/index.ts';
import { bundleChange, fileChange } from './changes.ts';
import { highlight } from './highlight.ts';

it('marks the lines that are new or different, and counts those that went', () => {
  const change = fileChange('one\ntwo\nthree\n', 'one\nTWO\nthree\nfour\n');
  expect([...change.added]).toEqual([2, 4]);
  expect(change.removed).toBe(1);
});

it('knows new files and files that went', () => {
  const direct = generate(defaultPlan('direct'));
  const fewer = { ...direct, files: direct.files.slice(1) };
  const [first] = direct.files;
  expect(bundleChange(fewer, direct).files.get(first?.path ?? '')?.isNew).toBe(true);
  expect(bundleChange(direct, fewer).gone).toEqual([first?.path]);
});

it('says nothing of files that are as they were', () => {
  const plan = defaultPlan('direct');
  const { files, gone } = bundleChange(generate(plan), generate(plan));
  expect(files.size + gone.length).toBe(0);
});

it('marks the whole file when almost nothing stayed', () => {
  const many = (word: string) => Array.from({ length: 3000 }, (_, index) => `${word} ${index}`).join('\n');
  expect(fileChange(many('a'), many('b')).added.size).toBe(3000);
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
