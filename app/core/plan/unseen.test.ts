import { describe, expect, test } from 'vitest';
import { defaultPlan } from './defaults.ts';
import { checkDatabase, checkLabel, checkRole } from './fields.ts';
import { parsePlan } from './parse.ts';
import type { Plan } from './schema.ts';
import { checkFreeText, checkTitle } from './text.ts';
import { asSeen, findUnseen, spelledOut } from './unseen.ts';

/** Every code point of a property, according to this engine; of the two planes for private use, every 251st. */
function* charactersOf(property: RegExp): Generator<string> {
  for (let code = 0; code <= 0x10ffff; code += code >= 0xf0000 && (code & 0xffff) < 0xff00 ? 251 : 1) {
    const character = String.fromCodePoint(code);
    if (property.test(character)) yield character;
  }
}

const invisible = [
  ['ignorable', /\p{Default_Ignorable_Code_Point}/u],
  ['a noncharacter', /\p{Noncharacter_Code_Point}/u],
  ['a control', /\p{Cc}/u],
  ['a format character', /\p{Cf}/u],
  ['a line or paragraph separator', /[\p{Zl}\p{Zp}]/u],
  ['half of a character', /\p{Cs}/u],
  ['for private use', /\p{Co}/u],
  ['a blank that is no space', /(?! )\p{Zs}/u],
  ['empty to look at', /[\u2800\ufffc\u{13441}\u{13442}\u{16fe4}\u{1d159}]/u],
] as const;

describe('a name', () => {
  test.each(invisible)('never contains what is %s', (_, property) => {
    let tried = 0;
    const taken: string[] = [];
    for (const character of charactersOf(property)) {
      tried++;
      for (const value of [`postgres${character}`, `${character}postgres`, `post${character}gres`, character])
        for (const check of [checkRole, checkDatabase, checkLabel]) if (!check(value)) taken.push(spelledOut(value));
    }
    expect(tried).toBeGreaterThan(0);
    expect(taken).toEqual([]);
  });

  test.each([
    'größe',
    'gro\u0308ße',
    'محمد',
    'हिन्दी',
    'クライアント',
    '한국어',
    '\u1112\u1161\u11ab\u1100\u116e\u11a8',
    'Ελληνικά',
    'роль',
    'שלום',
    'ไทย',
    'naïve_ñ_日本',
    '😀',
    '🇩🇪',
    'x\u20d7',
  ])('%s is accepted', (value) => expect(checkRole(value)).toBeUndefined());

  test.each([
    ['postgres\ufe0f', 'text.invisible', 'postgres'],
    ['می\u200cخواهم', 'text.invisible', 'میخواهم'],
    ['❤\ufe0f', 'text.invisible', '❤'],
    ['sales\u00a0team', 'text.blank', 'sales team'],
    ['営業\u3000部', 'text.blank', '営業 部'],
    ['a\nb', 'text.control', 'a b'],
    ['logo \uf8ff', 'text.privateUse', 'logo'],
    ['half \ud800', 'text.surrogate', 'half'],
    ['\u3164', 'text.invisible', undefined],
  ])('%j is rejected as %s and offers %s', (value, id, fix) => {
    const found = checkLabel(value);
    expect(found?.id).toBe(id);
    expect(found?.fix).toBe(fix);
    if (fix !== undefined) expect(checkLabel(fix)).toBeUndefined();
  });
});

describe('a title and notes', () => {
  test.each(['❤️ shop', '👩🏽‍💻 team', '❤️‍🔥', '1️⃣ first', 'می‌خواهم', 'क्‍ष', 'à\u00a0: 5', '営業\u3000部', '↔︎'])(
    'may contain %s',
    (value) => {
      expect(checkTitle(64)(value)).toBeUndefined();
      expect(checkFreeText(4000)(value)).toBeUndefined();
    },
  );

  test.each(['a\u200d', '\u200cb', 'a\u200c\u200cb', 'a\ufe0f', '1\ufe0f', '❤\ufe0f\ufe0f', '😀\u200d', 'x\u{e0041}'])(
    'may not contain %j, where the character shapes nothing',
    (value) => expect(checkFreeText(4000)(value)?.id).toBe('text.invisible'),
  );

  test.each(invisible.filter(([name]) => name !== 'a blank that is no space'))(
    'cannot contain %s unnoticed',
    (_, property) => {
      for (const character of charactersOf(property))
        if (!checkFreeText(100)(`post${character}-`)) expect.fail(`${spelledOut(character)} is taken`);
    },
  );
});

test('the written-out form shows every character, and the visible form contains no invisible one', () => {
  expect(spelledOut('post\u200bgres\ufe0f')).toBe('post[U+200B]gres[U+FE0F]');
  expect(asSeen('  post\u200bgres\ufe0f\u00a0\u00a0x\r\ny ')).toBe('postgres  x y');
  for (const [, property] of invisible)
    for (const character of charactersOf(property)) expect(findUnseen(asSeen(`a${character}b`))).toBeUndefined();
});

/**
 * Which characters a plan rejects is fixed, regardless of an engine's Unicode version: a plan that one browser accepts
 * must open in the next. If a new Unicode version adds a format character, this test fails, and the character is
 * decided on.
 */
test('the rejected characters are these, in every engine', () => {
  const ranges: string[] = [];
  let start = -1;
  const hex = (code: number) => code.toString(16);
  for (let code = 0; code <= 0x110000; code++) {
    const refused = code <= 0x10ffff && findUnseen(String.fromCodePoint(code)) !== undefined;
    if (refused && start < 0) start = code;
    if (!refused && start >= 0) {
      ranges.push(start === code - 1 ? hex(start) : `${hex(start)}-${hex(code - 1)}`);
      start = -1;
    }
  }
  expect(ranges.join(' ')).toBe(
    '0-1f 7f-a0 ad 34f 600-605 61c 6dd 70f 890-891 8e2 115f-1160 1680 17b4-17b5 180b-180f 2000-200f 2028-202f ' +
      '205f-206f 2800 3000 3164 d800-f8ff fdd0-fdef fe00-fe0f feff ffa0 fff0-fffc fffe-ffff 110bd 110cd 13430-1343f ' +
      '13441-13442 16fe4 1bca0-1bca3 1d159 1d173-1d17a 1fffe-1ffff 2fffe-2ffff 3fffe-3ffff 4fffe-4ffff 5fffe-5ffff ' +
      '6fffe-6ffff 7fffe-7ffff 8fffe-8ffff 9fffe-9ffff afffe-affff bfffe-bffff cfffe-cffff dfffe-e0fff efffe-10ffff',
  );
});

test('the superuser followed by an invisible character does not pass the check for remote superusers', () => {
  const plan = defaultPlan('direct');
  const between = (superuser: string, role: string): Plan => ({
    ...plan,
    server: { ...plan.server, superuser },
    clients: plan.clients.map((client, index) => (index === 0 ? { ...client, roles: [role] } : client)),
  });
  for (const character of ['\ufe0f', '\u034f', '\u115f', '\u3164', '\uffa0', '\u17b5', '\u180b', '\u2800', '\ufdd0']) {
    const ofServer = parsePlan(between(`postgres${character}`, 'postgres'));
    expect(ofServer.ok || ofServer.issues.map(({ path }) => path)).toEqual(['server.superuser']);
    const ofClient = parsePlan(between('postgres', `postgres${character}`));
    expect(ofClient.ok || ofClient.issues.map(({ path, fix }) => ({ path, fix }))).toEqual([
      { path: 'clients.0.roles.0', fix: 'postgres' },
    ]);
  }
});
