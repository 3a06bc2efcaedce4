import type { ToEnglish } from '../../../server-log/read.ts';
import { canonical, literalsOf, type Match, matches, placesOf, type Template, templateOf } from './template.ts';

/** English message, and its translations by language. `%1` is an argument. */
export type Translations = readonly (readonly [string, Readonly<Record<string, readonly string[]>>])[];

/** Loads the translations, which are half a megabyte, and indexes them. */
export async function loadToEnglish(): Promise<ToEnglish> {
  const { default: rows } = await import('./translations.json');
  return toEnglish(rows as unknown as Translations);
}

/** Number of characters by which a message is found in a text. */
const KEY = 3;
/** Part of a translation in which a key is looked for: no quotation marks, which texts change. */
const SOLID = /[^"']+/g;
/** How much rarer a key must be with a space in it, because texts change white space too. */
const SPACE = 1000;
const FILTER_BITS = 18;

interface Label {
  readonly translation: string;
  readonly english: string;
}

/**
 * The reader of these translations. A text is searched once for three characters of each message, the rarest that the
 * message has, and only messages found so are compared with the line.
 */
export function toEnglish(translations: Translations): ToEnglish {
  const { keys, filter } = indexOf(templatesOf(translations));
  const labels = labelsOf(translations);
  const whole = wholeMessages(translations);
  const argument = (text: string): string => whole.get(canonical(text.trim())) ?? text;

  return (text) => {
    const found = templatesIn(text, keys, filter);
    const withMessages = found.size === 0 ? text : replaceMessages(text, found, argument);
    return replaceLabels(withMessages, labels);
  };
}

const isLabel = (english: string): boolean => english.endsWith(': ') || english.endsWith(':  ');

function templatesOf(translations: Translations): Template[] {
  return translations.flatMap(([english, languages]) =>
    isLabel(english)
      ? []
      : Object.values(languages).flatMap((texts) => texts.map((translation) => templateOf(english, translation))),
  );
}

/** Messages without arguments, which are arguments of others: "no encryption", "Connection refused". */
function wholeMessages(translations: Translations): ReadonlyMap<string, string> {
  return new Map(
    translations
      .filter(([english]) => !isLabel(english) && !/%\d/.test(english))
      .flatMap(([english, languages]) =>
        Object.values(languages)
          .flat()
          .map((translation) => [canonical(translation), english] as const),
      ),
  );
}

/** Each template by its rarest key, and a Bloom filter of the keys. */
function indexOf(templates: readonly Template[]): {
  readonly keys: ReadonlyMap<string, readonly Template[]>;
  readonly filter: Uint8Array;
} {
  const count = new Map<string, number>();
  const add = (key: string, weight: number) => count.set(key, (count.get(key) ?? 0) + weight);
  for (const english of new Set(templates.map((one) => one.english))) for (const key of keysIn(english)) add(key, 20);
  const own = templates.map((template) => keysOf(template));
  for (const one of own) for (const key of one) add(key, key.includes(' ') ? SPACE : 1);
  const keys = new Map<string, Template[]>();
  const filter = new Uint8Array(1 << FILTER_BITS);
  for (const [index, template] of templates.entries()) {
    const [rarest] = [...(own[index] ?? [])].toSorted((a, b) => (count.get(a) ?? 0) - (count.get(b) ?? 0));
    if (rarest === undefined) continue;
    keys.set(rarest, [...(keys.get(rarest) ?? []), template]);
    filter[slot(rarest, 0)] = 1;
  }
  return { keys, filter };
}

const keysIn = (literal: string): string[] =>
  [...literal.matchAll(SOLID)].flatMap(([run]) =>
    Array.from({ length: Math.max(0, run.length - KEY + 1) }, (_, at) => run.slice(at, at + KEY)),
  );

/** Those of the first line, by which the line in which a message begins is found. */
const keysOf = ({ lines: [first = ''] }: Template): ReadonlySet<string> =>
  new Set(literalsOf(canonical(first)).flatMap(keysIn));

function slot(text: string, at: number): number {
  let hash = 0;
  for (let index = at; index < at + KEY; index++) hash = Math.imul(hash, 0x01000193) ^ text.charCodeAt(index);
  return (hash ^ (hash >>> FILTER_BITS)) & ((1 << FILTER_BITS) - 1);
}

/** The templates whose key occurs, by the start of the line in which it does. */
function templatesIn(
  text: string,
  keys: ReadonlyMap<string, readonly Template[]>,
  filter: Uint8Array,
): ReadonlyMap<number, ReadonlySet<Template>> {
  const found = new Map<number, Set<Template>>();
  for (let at = 0; at <= text.length - KEY; at++) {
    if (filter[slot(text, at)] === 0) continue;
    const templates = keys.get(text.slice(at, at + KEY));
    if (!templates) continue;
    const line = text.lastIndexOf('\n', at) + 1;
    const here = found.get(line) ?? new Set();
    for (const template of templates) here.add(template);
    found.set(line, here);
  }
  return found;
}

function replaceMessages(
  text: string,
  found: ReadonlyMap<number, ReadonlySet<Template>>,
  argument: (text: string) => string,
): string {
  let result = '';
  let at = 0;
  for (const [start, templates] of found) {
    if (start < at) continue;
    const most = Math.max(...[...templates].map(({ lines }) => lines.length));
    for (let lines = most; lines >= 1; lines--) {
      const end = endOfLines(text, start, lines);
      const given = text.slice(start, end);
      const best = bestMatches(canonical(given), templates, lines);
      if (!best) continue;
      result += text.slice(at, start) + inEnglish(given, best, argument);
      at = end;
      break;
    }
  }
  return result + text.slice(at);
}

function endOfLines(text: string, start: number, lines: number): number {
  let end = start - 1;
  for (let line = 0; line < lines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) return text.length;
  }
  return end;
}

/** The longest matches that don't overlap, in order; undefined if none is that of a message with this many lines. */
function bestMatches(text: string, templates: ReadonlySet<Template>, lines: number): readonly Match[] | undefined {
  const all = [...templates]
    .flatMap((template) => (template.lines.length <= lines ? [...matches(text, template)] : []))
    .toSorted((a, b) => b.template.weight - a.template.weight || a.start - b.start);
  const chosen: Match[] = [];
  for (const one of all)
    if (chosen.every((other) => one.end <= other.start || one.start >= other.end)) chosen.push(one);
  const enough = lines === 1 ? chosen.length > 0 : chosen.some(({ template }) => template.lines.length === lines);
  return enough ? chosen.toSorted((a, b) => a.start - b.start) : undefined;
}

function inEnglish(text: string, found: readonly Match[], argument: (text: string) => string): string {
  const places = placesOf(text);
  let result = '';
  let at = 0;
  for (const { start, end, args, template } of found) {
    const message = template.english.replace(/%([0-9]{1,2})/g, (_, name: string) =>
      argument(args.get(Number(name)) ?? ''),
    );
    // The spaces around a quotation mark belong to it only within the message.
    let from = places[start] ?? text.length;
    while (isSpace(text[from])) from++;
    result += text.slice(at, from) + message;
    at = places[end] ?? text.length;
    while (isSpace(text[at - 1])) at--;
    // Chinese writes a colon without a space after it.
    if (message.endsWith(':') && at < text.length && !isSpace(text[at])) result += ' ';
  }
  const rest = text.slice(at);
  const words = rest.trimStart();
  return result + rest.slice(0, rest.length - words.length) + argument(words);
}

/** Severities and labels (`ВАЖНО:  `, `ORT:  `) by the character before the colon. */
function labelsOf(translations: Translations): ReadonlyMap<string, readonly Label[]> {
  const labels = new Map<string, Label[]>();
  for (const [english, languages] of translations) {
    if (!isLabel(english)) continue;
    for (const text of Object.values(languages).flat()) {
      const translation = text.replace(/\s*[:：]\s*$/, '');
      const last = translation.at(-1) ?? '';
      labels.set(last, [...(labels.get(last) ?? []), { translation, english }]);
    }
  }
  for (const [last, list] of labels)
    labels.set(
      last,
      list.toSorted((a, b) => b.translation.length - a.translation.length),
    );
  return labels;
}

function replaceLabels(text: string, labels: ReadonlyMap<string, readonly Label[]>): string {
  let result = '';
  let at = 0;
  for (const { 0: sign, index: colon } of text.matchAll(/[:：]/g)) {
    if (sign === ':' && colon + 1 < text.length && !isSpace(text[colon + 1])) continue;
    const end = isSpace(text[colon - 1]) ? colon - 1 : colon;
    const label = labels.get(text[end - 1] ?? '')?.find(({ translation }) => {
      const start = end - translation.length;
      return start >= at && text.startsWith(translation, start) && !/\p{L}/u.test(text[start - 1] ?? '');
    });
    if (!label) continue;
    let after = colon + 1;
    while (isSpace(text[after])) after++;
    result += text.slice(at, end - label.translation.length) + label.english;
    at = after;
  }
  return result + text.slice(at);
}

const isSpace = (char: string | undefined): boolean => char === ' ' || char === '\u00a0' || char === '\u202f';
