import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAJORS } from '../release.ts';
import { fileRules } from './file-rules.ts';
import { parseHba, printHba } from './hba.ts';

/** Text built from the characters that matter to the tokenizer. */
const scraps = fc.constantFrom(
  'host',
  'local',
  'all',
  '"',
  ',',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\\',
  '\\\n',
  '#',
  '@x',
  '@',
  '10.0.0.0/8',
  '::1',
  '/',
  'md5',
  'trust',
  '+',
  '\0',
  '=',
  'include',
  'é',
);
const text = fc.oneof(
  fc.array(scraps, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

test('any text is printed unchanged, and nothing throws', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(...MAJORS), (content, major) => {
      const hba = parseHba(content, { major, files: { x: content } });
      expect(printHba(hba)).toBe(content);
      expect(fileRules(content, { major, files: { x: content } }).length).toBe(hba.records.length + hba.refused.length);
    }),
    { numRuns: 2000 },
  );
});

const folder = new URL('../../../../../shared/corpus/hba/', import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'SOURCES.tsv') : [];

describe('files of real projects', () => {
  test.skipIf(files.length === 0)('the corpus outside the repository is available', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  test.each(files)('%s is printed byte for byte', (name) => {
    const content = readFileSync(new URL(name, folder), 'latin1');
    for (const major of MAJORS) expect(printHba(parseHba(content, { major }))).toBe(content);
  });
});
