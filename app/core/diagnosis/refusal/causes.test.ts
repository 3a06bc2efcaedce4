import { describe, expect, test } from 'vitest';
import { MAJORS } from '../../postgres/release.ts';
import { causes } from './causes.ts';
import { diagnose } from './diagnose.ts';

/** What a text can name. */
const named = {
  role: 'app',
  database: 'shop',
  address: '10.0.0.9',
  host: 'db.example.com',
  port: 5433,
  line: 3,
  file: '/etc/postgresql/16/main/pg_hba.conf',
  keyFile: '/home/app/client.key',
};

describe('each cause of a rejection', () => {
  test.each(causes.map((cause) => [cause.id, cause] as const))('%s alone claims its examples', (id, { examples }) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples)
      expect([example, diagnose(example).causes.map((one) => one.id)]).toEqual([example, [id]]);
  });

  test('has a unique name, says what to do, how to check it and what else it could have said, and its possibilities name causes that exist', () => {
    const ids = new Set(causes.map(({ id }) => id));
    expect(ids.size).toBe(causes.length);
    for (const { title, explanation, fix, check, otherwise, couldBe, references } of causes) {
      for (const text of [title, explanation, fix, check, otherwise]) expect(text.length).toBeGreaterThan(10);
      expect(references.length).toBeGreaterThan(0);
      for (const { cause } of couldBe) expect(cause === undefined || ids.has(cause)).toBe(true);
    }
  });

  test('never recommends trust, allowing all addresses or disabling certificate verification', () => {
    for (const { fix, check, commands } of causes) {
      const pasted = MAJORS.flatMap((major) => commands?.({ ...named, major }) ?? []).map(({ text }) => text);
      for (const text of [fix, check, ...pasted]) {
        expect(text).not.toMatch(/0\.0\.0\.0\/0|::\/0|sslmode=(disable|allow|prefer)|rejectUnauthorized/);
        expect(text.replaceAll(/Don't use trust[^.]*\./g, '')).not.toMatch(/\btrust\b/);
      }
    }
  });
});
