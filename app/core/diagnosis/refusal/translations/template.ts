/**
 * A translated message as what it consists of: literals, and holes between them. A hole is an argument, by its
 * number, or a letter that a wrong encoding may have changed.
 */
export interface Template {
  /** One literal more than there are holes; the first and the last may be empty. */
  readonly literals: readonly string[];
  readonly holes: readonly (number | 'letter')[];
  /** The lines of the message. */
  readonly lines: readonly string[];
  readonly english: string;
  /** Number of characters in literals: the more there are, the more certain is a match. */
  readonly weight: number;
}

/** Letters and quotation marks of Latin scripts, which a console or a page with another encoding changes. */
const FRAGILE = /[\u00a1-\u024f]{1,2}/;
const PLACEHOLDER = /%([0-9]{1,2})/;
const HOLES = new RegExp(`${PLACEHOLDER.source}|${FRAGILE.source}`, 'g');

/** What a letter in a wrong encoding looks like: up to four characters that aren't ASCII, or question marks. */
const LONGEST_LETTER = 4;
const changed = (char: number): boolean => char > 0x7f || char === 0x3f;

export function templateOf(english: string, translation: string): Template {
  const text = canonical(translation.normalize('NFC'));
  const literals = literalsOf(text);
  return {
    literals,
    holes: [...text.matchAll(HOLES)].map(([, argument]) => (argument === undefined ? 'letter' : Number(argument))),
    lines: translation.split('\n'),
    english,
    weight: literals.reduce((sum, literal) => sum + literal.length, 0),
  };
}

/** What is between the holes of a translation. */
export function literalsOf(text: string): string[] {
  const holes = [...text.matchAll(HOLES)];
  return [0, ...holes.map((hole) => hole.index + hole[0].length)].map((start, index) =>
    text.slice(start, holes[index]?.index ?? text.length),
  );
}

/** Quotation marks with the spaces around them, white space, and apostrophes. */
const VARIED = /\s*["“”„‟«»〝〞「」『』＂]+\s*|\s+|[‘’]/g;
const plain = (varied: string): string =>
  /["“”„‟«»〝〞「」『』＂]/.test(varied) ? '"' : /\s/.test(varied) ? ' ' : "'";

/** Any quotation mark as `"` without spaces around it, an apostrophe as `'`, any white space as one space. */
export const canonical = (text: string): string => text.replace(VARIED, plain);

/** Where each character of the canonical text, and its end, is in the text. */
export function placesOf(text: string): readonly number[] {
  const places: number[] = [];
  let at = 0;
  for (const { 0: varied, index } of text.matchAll(VARIED)) {
    while (at <= index) places.push(at++);
    at = index + varied.length;
  }
  while (at <= text.length) places.push(at++);
  return places;
}

/** Where a template matches in a canonical text, and the arguments by number. */
export interface Match {
  readonly template: Template;
  readonly start: number;
  readonly end: number;
  readonly args: ReadonlyMap<number, string>;
}

/** Every place in a canonical text where the template matches. */
export function* matches(text: string, template: Template): Generator<Match> {
  // A message that begins with an argument is found by what follows it.
  const lead = template.literals.findIndex((literal) => literal !== '');
  const literal = template.literals[lead];
  if (literal === undefined) return;
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
    const start = lead === 0 ? at : startOfFirstHole(text, at, template.holes[0]);
    if (start === undefined || (isLetter(text[start]) && isLetter(text[start - 1]))) continue;
    const args = new Map<number, string>();
    // Of several arguments without anything between them, the first is all of it.
    for (const hole of template.holes.slice(0, lead)) if (hole !== 'letter') args.set(hole, '');
    const [first] = template.holes;
    if (lead > 0 && first !== undefined && first !== 'letter') args.set(first, text.slice(start, at));
    const end = matchFrom(text, at, template, lead, args);
    if (end === undefined) continue;
    yield { template, start, end, args };
    at = Math.max(at, end - 1);
  }
}

function startOfFirstHole(text: string, end: number, hole: number | 'letter' | undefined): number | undefined {
  let start = end;
  if (hole === 'letter') while (end - start < LONGEST_LETTER && changed(text.charCodeAt(start - 1))) start--;
  else while (start > 0 && text[start - 1] !== ' ') start--;
  return start === end ? undefined : start;
}

/** The end of a match of the literals from `index` on, at an offset; the arguments are added to `args`. */
function matchFrom(
  text: string,
  at: number,
  template: Template,
  index: number,
  args: Map<number, string>,
): number | undefined {
  const literal = template.literals[index] ?? '';
  if (!text.startsWith(literal, at)) return undefined;
  const from = at + literal.length;
  const hole = template.holes[index];
  if (hole === undefined) return from;
  const next = template.literals[index + 1] ?? '';
  const last = index + 1 === template.holes.length;
  if (hole === 'letter') {
    let to = from;
    while (to < from + LONGEST_LETTER && changed(text.charCodeAt(to))) to++;
    for (; to > from; to--) {
      const end = matchFrom(text, to, template, index + 1, args);
      if (end !== undefined) return end;
    }
    return undefined;
  }
  if (last && next === '') {
    args.set(hole, text.slice(from));
    return text.length;
  }
  for (let to = text.indexOf(next, from); to >= 0; to = text.indexOf(next, to + 1)) {
    // A full stop is the message's own only if nothing follows it: addresses and names have stops too.
    if (last && next === '.' && /\S/.test(text[to + 1] ?? '')) continue;
    const end = matchFrom(text, to, template, index + 1, args);
    if (end === undefined) continue;
    args.set(hole, text.slice(from, to));
    return end;
  }
  return undefined;
}

const isLetter = (char: string | undefined): boolean =>
  char !== undefined && /\p{Script=Latin}|\p{Script=Cyrillic}/u.test(char);
