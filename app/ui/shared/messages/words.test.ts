import { describe, expect, it } from 'vitest';
import { bannedIn } from '../../../core/testing/banned-words.ts';
import english from './en.json';

/** Texts that programs print, by message. */
const LITERALS: Readonly<Record<string, readonly string[]>> = {
  // The example is named by the error of PostgreSQL.
  'refused.example.tls': ['No pg_hba.conf entry'],
};

/** Terms that only the screens have replaced; pages of the reference may quote them. */
const RETIRED: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\brecords?\b/i, 'rule'],
  [/\bpg_hba\.conf entr(y|ies)\b/i, 'rule'],
  [/^(targets|watching)$/i, 'Reference, Monitoring'],
  [/\brunning it\b/i, 'Operations'],
  [/\baccess map\b/i, 'Who can connect'],
  [/\bwhy was I refused\b/i, 'Troubleshoot a connection error'],
  [/\bwhat to know\b/i, 'finding'],
  [/\bas the (server|platform|system) has it\b/i, 'server default'],
  [/\brarely changed\b/i, 'Advanced'],
  [/\bstood\b|\bwhom\b|\b(nobody|everybody|somebody)\b/i, 'plain words'],
];

/** A message without the names of its values, and without what a program prints. */
const shown = (id: string, text: string) =>
  (LITERALS[id] ?? []).reduce(
    (rest, literal) => rest.replaceAll(literal, '…'),
    text.replace(/\{\w+(, plural,)?/g, '{'),
  );

const retiredIn = (text: string): string[] =>
  RETIRED.flatMap(([pattern, instead]) => {
    const found = text.match(pattern)?.[0];
    return found === undefined ? [] : [`“${found}” (write: ${instead}) in: ${text}`];
  });

describe('the texts of the screens', () => {
  it('use no banned words and no retired terms', () => {
    const found = Object.entries(english).flatMap(([id, text]) => {
      const own = shown(id, text);
      return [...bannedIn(own), ...retiredIn(own)].map((problem) => `${id}: ${problem}`);
    });
    expect(found).toEqual([]);
  });

  it('still contain every literal that is exempt', () => {
    const texts: Readonly<Record<string, string>> = english;
    for (const [id, literals] of Object.entries(LITERALS))
      for (const literal of literals) expect(texts[id]).toContain(literal);
  });
});

it.each([
  ['Access map', 1],
  ['This record decides', 1],
  ['The rules that others recorded', 0],
])('%j has %i retired terms', (text, count) => expect(retiredIn(text)).toHaveLength(count));
