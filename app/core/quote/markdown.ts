import { type Quoted, template } from './template.ts';

export type Markdown = Quoted<'markdown'>;

/** A line or a piece of Markdown. */
export const markdown = template<'markdown'>();

/** Plain text: every character that CommonMark could read as markup is escaped (CommonMark 2.4). */
export const mdText = (value: string): Markdown =>
  value.replace(/[\\`*_{}[\]<>()#+.!|~&^$-]/g, (c) => (c === '.' || c === '-' || c === '(' || c === ')' ? c : `\\${c}`)) as Markdown;

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
