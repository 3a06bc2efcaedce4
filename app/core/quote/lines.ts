import type { Quoted } from './template.ts';

/**
 * The lines of a text that was written as one template over several lines. The line breaks around it and the
 * indentation of its first line with text fall away; a value holds no line break, because plan validation refuses them.
 */
export function lines<L extends string>(text: Quoted<L>): Quoted<L>[] {
  const all = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '')
    .split('\n');
  const indent = all.find((line) => line.trim() !== '')?.match(/^ */)?.[0] ?? '';
  return all.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()) as Quoted<L>);
}
