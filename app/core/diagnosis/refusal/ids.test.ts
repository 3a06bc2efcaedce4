import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { causes } from './causes.ts';
import { FOLLOWS, OF_THE_SERVER } from './consequences.ts';
import { CAUSES_BY_EVIDENCE } from './evidence.ts';
import { SERVICES } from './managed.ts';

const ids = new Set(causes.map(({ id }) => id));
const unknown = (names: Iterable<string>): readonly string[] => [...names].filter((name) => !ids.has(name));

test('each cause has the id that its file is named after, and a place in the list', () => {
  const files = readdirSync(new URL('causes', import.meta.url))
    .map((name) => name.replace(/\.ts$/, ''))
    .filter((name) => name !== 'wording-unknown');
  expect(files.toSorted()).toEqual([...ids].toSorted());
});

test('tables name causes that exist', () => {
  expect(unknown(Object.keys(FOLLOWS))).toEqual([]);
  expect(unknown(Object.values(FOLLOWS).flat())).toEqual([]);
  expect(unknown(OF_THE_SERVER)).toEqual([]);
  expect(unknown(CAUSES_BY_EVIDENCE)).toEqual([]);
  expect(unknown(SERVICES.flatMap(({ advice }) => Object.keys(advice)))).toEqual([]);
});
