import { markupComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Markdown = Quoted<'markdown'>;

/** A line or a piece of Markdown. */
export const markdown = template<'markdown'>();

export const mdComment = markupComment<'markdown'>();

/**
 * Plain text: every character that CommonMark could read as markup is escaped (CommonMark 2.4). An underscore between
 * letters is none, and `-`, `+` and `1.` are only at the start, where blanks would make the text code. A word that becomes
 * a link or a mention by itself is code: GitHub looks for those once escapes are resolved (cmark-gfm, `autolink.c`). The
 * punctuation that ends the sentence is not part of it.
 */
export const mdText = (value: string): Markdown =>
  value
    .trimStart()
    .replace(/[^\s|]+|\|/g, (word) => (linksItself.test(word) ? linkCode(word) : escaped(word)))
    .replace(/^([-+=])/, '\\$1')
    .replace(/^([0-9]+)([.)])/, '$1\\$2') as Markdown;

/** Autolinks (GFM 6.9), what other readers add to them (`//host`, `xmpp:`), and GitHub's names of people. */
const linksItself = /\/\/|www\.|@|(?:mailto|xmpp):/i;

function linkCode(word: string): string {
  const [ending = ''] = /[.,;:!?]*$/.exec(word) ?? [];
  return mdCode(word.slice(0, word.length - ending.length)) + escaped(ending);
}

const escaped = (word: string): string =>
  word.replace(/[\\`*{}[\]<>#!|~&^$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&');

/** A code span with a fence longer than any run of backticks inside (CommonMark 6.1). */
export function mdCode(value: string): Markdown {
  const longest = Math.max(0, ...[...value.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = value.startsWith('`') || value.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${value}${pad}${fence}` as Markdown;
}

/** A fenced block; quoted text of any language stands in it as it is. */
export function mdFence(language: string, lines: readonly string[]): Markdown[] {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map((run) => run[0].length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence] as Markdown[];
}

/** An address as a link to itself (CommonMark 6.5); what would end it is percent-encoded. */
export const mdLink = (url: string): Markdown => `<${url.replace(/[<>\s]/g, encodeURIComponent)}>` as Markdown;
