import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type FileRule, fileRules } from './file-rules.ts';

const corpus = new URL('../../../../../shared/corpus/hba-cases.jsonl', import.meta.url);

interface Case {
  readonly id: string;
  readonly text: string;
  readonly by_version: Readonly<
    Record<string, { readonly rows: readonly Partial<FileRule>[]; readonly loaded: boolean }>
  >;
}

/** Methods that the builds of the npm packages lack. */
const withoutLibraries = [
  'trust',
  'reject',
  'md5',
  'password',
  'scram-sha-256',
  'ident',
  'peer',
  'radius',
  'cert',
  'oauth',
];

const cases = existsSync(corpus)
  ? readFileSync(corpus, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Case)
  : [];

describe('fileRules shows the rows that servers showed', () => {
  test.skipIf(cases.length === 0)('the corpus outside the repository is available', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, { text, by_version }) => {
    for (const [server, { rows }] of Object.entries(by_version)) {
      const major = Number.parseInt(server, 10);
      const options = server.endsWith('-debian') ? { major } : { major, methods: withoutLibraries };
      const shown = fileRules(text, options).map(({ rule_number, file_name, ...row }) =>
        Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
      );
      expect([server, shown]).toEqual([server, rows]);
    }
  });
});
