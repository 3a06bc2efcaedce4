import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MAJORS } from '../release.ts';
import { settingNames, settingOf } from './catalogue.ts';

interface Shown {
  readonly name: string;
  readonly type: string;
  readonly context?: string;
  readonly unit?: string | null;
  readonly min?: string | null;
  readonly max?: string | null;
  readonly values?: readonly string[] | null;
  readonly unshown?: readonly string[];
  readonly now?: string;
}

test.each(MAJORS)('the compact catalogue agrees with what the server of PostgreSQL %i reported', (major) => {
  const file = new URL(`../../../../public/catalogue/${major}.json`, import.meta.url);
  const shown = JSON.parse(readFileSync(file, 'utf8')) as readonly Shown[];
  expect(shown.length).toBeGreaterThan(250);
  for (const { name, type, context, unit, min, max, values, unshown = [], now } of shown) {
    const { words, ...setting } = settingOf(name, major) ?? { words: undefined };
    expect(setting).toEqual({
      name,
      type,
      ...(context ? { context } : {}),
      ...(unit ? { unit } : {}),
      ...(min ? { least: Number(min) } : {}),
      ...(max ? { most: Number(max) } : {}),
      ...(now ? { now } : {}),
    });
    // Words of other builds may follow.
    expect(words?.slice(0, (values?.length ?? 0) + unshown.length)).toEqual(
      values ? [...values, ...unshown] : undefined,
    );
  }
  const inFile = shown.filter(({ context }) => context !== 'internal').map(({ name }) => name);
  expect([...settingNames(major)].sort()).toEqual(inFile.sort());
});
