/** What is wrong with a character in a name: a reader does not see it, or cannot tell which character it is. */
export type UnseenKind = 'control' | 'surrogate' | 'invisible' | 'blank' | 'privateUse';

/**
 * By Unicode property, so that no list of ours can be incomplete. Unassigned characters (`Cn`) pass, except those that
 * are permanently ignorable or noncharacters: which characters are unassigned differs between browsers, and a plan must
 * not be valid in one and invalid in another.
 */
const patterns = {
  // They end lines or move the cursor.
  control: String.raw`[\p{Cc}\p{Zl}\p{Zp}]`,
  surrogate: String.raw`\p{Cs}`,
  // The last ones have an empty glyph, which no property covers: blank Braille pattern, object replacement character,
  // Khitan filler, blank hieroglyphs, musical null notehead.
  invisible: String.raw`[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Noncharacter_Code_Point}\u2800\ufffc\u{16fe4}\u{13441}\u{13442}\u{1d159}]`,
  // They look like a space but are other characters.
  blank: String.raw`(?! )\p{Zs}`,
  privateUse: String.raw`\p{Co}`,
} satisfies Record<UnseenKind, string>;

const kinds = Object.entries(patterns).map(([kind, pattern]) => ({
  kind: kind as UnseenKind,
  pattern: new RegExp(pattern, 'u'),
}));
const unseen = new RegExp(Object.values(patterns).join('|'), 'gu');
const blanks = new RegExp(patterns.blank, 'gu');

/**
 * Joiners and variation selectors where they affect visible text: between letters (Persian, Hindi, Sinhala, …) and in
 * emoji.
 */
const shaping = new RegExp(
  [
    String.raw`(?<=[\p{L}\p{M}])[\u200c\u200d](?=\p{L})`,
    String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]`,
    String.raw`(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})`,
    String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`,
  ].join('|'),
  'gu',
);

/** Printable ASCII: true of most names, and needs no other check. */
const printable = /^[ -~]*$/;

/** The first kind of invisible or ambiguous character in the text, with the character. */
export function findUnseen(text: string): { readonly kind: UnseenKind; readonly character: string } | undefined {
  if (printable.test(text)) return undefined;
  for (const { kind, pattern } of kinds) {
    const [character] = pattern.exec(text) ?? [];
    if (character !== undefined) return { kind, character };
  }
  return undefined;
}

/**
 * Free text without the characters allowed in it but not in a name: those that shape letters and emoji, and other
 * blanks.
 */
export const withoutShaping = (text: string): string => text.replace(shaping, '').replace(blanks, ' ');

/** What the text looks like: line endings and blanks as spaces, without other invisible characters. */
export const asSeen = (text: string): string =>
  text
    .replace(/[\t\n\r\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(blanks, ' ')
    .replace(unseen, '')
    .trim();

/** A character as messages name it: `U+FE0F`. */
export const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The text with its invisible characters written out: `postgres[U+FE0F]`. */
export const spelledOut = (text: string): string => text.replace(unseen, (character) => `[${codePoint(character)}]`);
