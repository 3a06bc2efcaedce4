import { compileMessage } from '@lingui/message-utils/compileMessage';
import { expect, it } from 'vitest';
import english from './en.json';
import { type Compiled, sentence } from './sentence.ts';

const modules = import.meta.glob<string>('../../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const sources = Object.entries(modules)
  .filter(([path]) => !path.endsWith('.test.ts'))
  .map(([, text]) => text)
  .join('\n');

it('contains only valid messages', () => {
  for (const [id, text] of Object.entries(english)) expect(() => compileMessage(text), id).not.toThrow();
});

it('contains no unused sentence', () => {
  const prefixes = [...sources.matchAll(/`([a-z-]+(?:\.[a-z-]+)*)\.\$\{/gi)].map((match) => `${match[1]}.`);
  const unused = Object.keys(english).filter((id) => {
    const name = id.replace(/\.why$/, '');
    return (
      !sources.includes(`'${name}'`) &&
      !sources.includes(`"${name}"`) &&
      !prefixes.some((prefix) => id.startsWith(prefix))
    );
  });
  expect(unused).toEqual([]);
});

it('shows values unchanged, whatever escapes they look like', () => {
  const message = compileMessage(english['server-files.taken']) as Compiled;
  for (const name of ['/^\\x61\\u202e$', 'C:\\x12', '\\\\x41', '$&', '{name}'])
    expect(sentence(message, { names: name })).toBe(`Loaded: ${name}.`);
  expect(sentence(message, { names: 'caf\udce9' })).toBe('Loaded: caf\\xE9.');
});

it('is plain: no exclamation mark, no "please", no "simply"', () => {
  const loud = Object.values(english).filter((text) => /!|\bplease\b|\bsimply\b/i.test(text));
  expect(loud).toEqual([]);
});

it.each([
  [0, 'no rules'],
  [1, '1 rule in f'],
  [1200, '1,200 rules in f'],
])('counts %d', (count, text) => {
  const message = compileMessage('{count, plural, =0 {no rules} one {# rule in {file}} other {# rules in {file}}}');
  expect(sentence(message as Compiled, { count, file: 'f' })).toBe(text);
});
