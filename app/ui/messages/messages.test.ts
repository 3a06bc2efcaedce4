import { compileMessage } from '@lingui/message-utils/compileMessage';
import { expect, it } from 'vitest';
import english from './en.json';

const modules = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const sources = Object.entries(modules)
  .filter(([path]) => !path.endsWith('.test.ts'))
  .map(([, text]) => text)
  .join('\n');

it('holds only messages that can be read', () => {
  for (const [id, text] of Object.entries(english)) expect(() => compileMessage(text), id).not.toThrow();
});

it('holds no sentence that nothing shows', () => {
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

it('is plain: no exclamation mark, no "please", no "simply"', () => {
  const loud = Object.values(english).filter((text) => /!|\bplease\b|\bsimply\b/i.test(text));
  expect(loud).toEqual([]);
});
