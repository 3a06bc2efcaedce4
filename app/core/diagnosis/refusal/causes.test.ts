import { describe, expect, test } from 'vitest';
import { causes } from './causes.ts';
import { diagnose } from './diagnose.ts';

describe('each cause of a rejection', () => {
  test.each(causes.map((cause) => [cause.id, cause] as const))('%s alone claims its examples', (id, { examples }) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples)
      expect([example, diagnose(example).causes.map((one) => one.id)]).toEqual([example, [id]]);
  });

  test('has a unique name, says what to do, and its possibilities name causes that exist', () => {
    const ids = new Set(causes.map(({ id }) => id));
    expect(ids.size).toBe(causes.length);
    for (const { title, explanation, fix, couldBe, references } of causes) {
      for (const text of [title, explanation, fix]) expect(text.length).toBeGreaterThan(10);
      expect(references.length).toBeGreaterThan(0);
      for (const { cause } of couldBe) expect(cause === undefined || ids.has(cause)).toBe(true);
    }
  });

  test('never recommends trust, allowing all addresses or disabling certificate verification', () => {
    for (const { fix } of causes) {
      expect(fix).not.toMatch(/0\.0\.0\.0\/0|::\/0|sslmode=(disable|allow|prefer)|rejectUnauthorized/);
      expect(fix.replaceAll(/Don't use trust[^.]*\./g, '')).not.toMatch(/\btrust\b/);
    }
  });
});
