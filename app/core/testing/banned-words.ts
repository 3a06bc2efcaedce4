/** Words that no text for a person uses, and what to write instead. */
interface BannedWord {
  /** A regular expression; it matches whole words, in upper and lower case. */
  readonly words: string;
  readonly write: string;
}

/** Archaic or translated phrases, and names that this product no longer uses for a term of the field. */
export const BANNED_WORDS: readonly BannedWord[] = [
  { words: 'anew', write: 'again' },
  { words: 'mends?|mended|remedy|remedies', write: 'fix' },
  { words: 'stands?', write: 'is, appears or means' },
  { words: 'in (?:the )?clear(?: text)?', write: 'unencrypted' },
  { words: '(?:take|takes|taken|took|taking)(?: \\S+){0,2} away', write: 'remove' },
  { words: 'gives? back|gave back', write: 'restore' },
  { words: 'whoever', write: 'anyone who' },
  { words: 'such as these', write: 'like these' },
  { words: 'shall', write: 'must or should' },
  { words: 'heeds?', write: 'honor' },
  { words: '(?:in|of) the clothes(?: of)?|clothes', write: 'mapped' },
  { words: "house's rule", write: 'policy' },
  { words: 'wholly', write: 'entirely' },
  { words: 'hence|whence|thereof|therein', write: 'so, from where' },
  { words: '(?:it|what) is there(?= and|[.,;]|$)', write: 'it exists' },
  { words: 'what comes of it', write: 'result, generated files' },
  { words: 'beside', write: 'next to, compared with, in addition to' },
  { words: 'the one (?:that|which|who)', write: 'the … that' },
  { words: 'of old', write: 'earlier' },
  { words: 'line that decides|entry that catches', write: 'rule' },
  { words: 'catch|catches|caught|passes? over|passed over', write: 'matches, is skipped' },
  { words: 'dead (?:line|record|rule)', write: 'unreachable rule' },
  {
    words: '(?:get|gets|let|lets|is let|are let|is taken|come|comes) in|(?:lets?) \\S+(?: \\S+)? in(?=[.,;: ]|$)',
    write: 'can connect, allows',
  },
  { words: 'refused entry', write: 'is rejected' },
  { words: 'an? authority of (?:your|its|our) own|the authority', write: 'private CA, CA' },
  { words: 'starts? TLS at once|TLS at once', write: 'direct TLS' },
  { words: '(?:this|another|older|newer) majors?', write: 'version' },
  { words: 'takes? itself back', write: 'rolls back automatically' },
  { words: 'way in', write: 'access pattern, connects via' },
  { words: 'everybody|nobody else but', write: 'everyone' },
  { words: 'recognis\\w+|organis\\w+|behaviour|favour\\w*|colour\\w*', write: 'the American spelling' },
];

/** Phrases that stay: terms of the field, and what a program prints in these words. */
const ALLOWED: readonly { readonly text: string; readonly because: string }[] = [
  { text: 'catch-all', because: 'the usual name of a rule that matches everything' },
];

const allowed = new RegExp(ALLOWED.map(({ text }) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gi');

const banned = BANNED_WORDS.map(({ words, write }) => ({ found: new RegExp(`\\b(?:${words})\\b`, 'i'), write }));

/** What a text says in words that it must not use, with what to write instead; code in backquotes is left out. */
export const bannedIn = (text: string): string[] => {
  const prose = text.replaceAll(/`[^`]*`/g, ' ').replaceAll(allowed, ' ');
  return banned.flatMap(({ found, write }) => {
    const word = found.exec(prose)?.[0];
    return word === undefined ? [] : [`“${word}” (write: ${write}) in: ${text}`];
  });
};
