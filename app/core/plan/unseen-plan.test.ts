import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePlan } from '../index.ts';
import { planArbitrary } from '../testing/plan-arbitrary.ts';

/** Invisible characters, according to the engine: each of the usual ones, some of every longer run. */
function unseenCharacters(): string[] {
  const property =
    /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u2800\ufffc]|(?! )\p{Zs}/u;
  const found: string[] = [];
  let run = 0;
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    run = property.test(character) ? run + 1 : 0;
    const every = code < 0x3000 ? 1 : code < 0xe0000 && (code < 0xd800 || code > 0xf8ff) ? 16 : 1024;
    if (run % every === 1 || (run > 0 && every === 1)) found.push(character);
  }
  return found;
}

interface Field {
  readonly path: readonly string[];
  readonly value: string;
}

/** Every string of a plan. */
function* strings(at: unknown, path: readonly string[] = []): Generator<Field> {
  if (typeof at === 'string') yield { path, value: at };
  else if (typeof at === 'object' && at !== null)
    for (const [key, inner] of Object.entries(at)) yield* strings(inner, [...path, key]);
}

function put(plan: unknown, path: readonly string[], value: string): unknown {
  const copy = structuredClone(plan);
  const last = path.at(-1) ?? '';
  const owner = path.slice(0, -1).reduce((at, key) => (at as Record<string, unknown>)[key], copy);
  (owner as Record<string, unknown>)[last] = value;
  return copy;
}

test('no string of a plan accepts an invisible character: it is rejected at its path', () => {
  const characters = unseenCharacters();
  expect(characters.length).toBeGreaterThan(300);
  const fields = new Map<string, { readonly plan: unknown; readonly field: Field }>();
  for (const plan of fc.sample(planArbitrary, { seed: 11, numRuns: 60 }))
    for (const field of strings(plan)) {
      const name = field.path.map((key) => (/^[0-9]+$/.test(key) ? '*' : key)).join('.');
      if (!fields.has(name)) fields.set(name, { plan, field });
    }
  expect(fields.size).toBeGreaterThan(60);
  const taken: string[] = [];
  for (const [name, { plan, field }] of fields) {
    const path = field.path.join('.');
    for (const character of characters) {
      // Notes may contain blanks of every kind; they are never compared.
      if (name === 'notes' && /\p{Zs}/u.test(character)) continue;
      const parsed = parsePlan(put(plan, field.path, `${field.value}${character}`));
      const refused =
        !parsed.ok && parsed.issues.some((issue) => issue.path === path || path.startsWith(`${issue.path}.`));
      if (!refused) taken.push(`${name}: U+${character.codePointAt(0)?.toString(16)}`);
    }
  }
  expect(taken).toEqual([]);
}, 120_000);
