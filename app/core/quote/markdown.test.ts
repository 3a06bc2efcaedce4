import fc from 'fast-check';
import { marked, type Token } from 'marked';
import { describe, expect, test } from 'vitest';
import { hostileNames } from '../testing/plan-arbitrary.ts';
import { mdText } from './markdown.ts';

const links = [
  'http://evil.example',
  'HTTPS://evil.example/a?b=c#d',
  'ftp://evil.example',
  'www.evil.example',
  'WWW.EVIL.EXAMPLE',
  'a.b+c@evil.example',
  'mailto:a@evil.example',
  'xmpp:a@evil.example/b',
  '//evil.example',
  '<https://evil.example>',
  '[a](https://evil.example)',
  '![a](https://evil.example)',
  '[a]: https://evil.example',
  '@someone',
  '(https://evil.example)',
  'a|www.evil.example|b',
  '`www.evil.example`',
  '``a` http://evil.example',
  '\\`www.evil.example`',
];
const pieces = [
  ...'`*_{}[]()<>#!|~&^$\\-+=.:/@"\' aw1ä数',
  ...['http://', 'https://', 'www.', 'ftp://', 'mailto:', '.example', '://', '1. ', '- ', '&amp;', '&#64;', '\\', '``'],
  ...['- [ ] ', '| --- |', '===', '***', '```', '~~~', '    '],
  ...links,
];
/** As plan validation lets it through: one line, nothing invisible. */
const text = fc
  .oneof(
    fc.constantFrom(...links, ...hostileNames),
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }).map((some) => some.join('')),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  )
  .filter((value) => value.trim() !== '' && !/[\p{C}\u2028\u2029]/u.test(value));

/** The text of inline tokens, where they are nothing but text and code; and its parts outside of code, where GitHub looks for links. */
function plain(tokens: readonly Token[] = []): { all: string; outside: string[] } {
  const outside = [''];
  let all = '';
  for (const token of tokens) {
    const isText = token.type === 'text' || token.type === 'escape' || token.type === 'codespan';
    if (!isText || ('tokens' in token && token.tokens?.length))
      throw new Error(`${token.type} in ${JSON.stringify(tokens)}`);
    all += token.text;
    if (token.type === 'codespan') outside.push('');
    else outside[outside.length - 1] += token.text;
  }
  return { all, outside };
}

const inline = (token: Token | undefined): readonly Token[] => (token && 'tokens' in token && token.tokens) || [];

/** Where text of a plan appears in a bundle's Markdown, and the tokens of the text there. */
const places: Readonly<Record<string, (written: string) => readonly Token[]>> = {
  paragraph: (written) => one(marked.lexer(`\n${written}\n\nnext`), 'paragraph'),
  heading: (written) => one(marked.lexer(`# ${written}\n\nnext`), 'heading'),
  'item of a list': (written) => {
    const [list] = marked.lexer(`- ${written}\n\nnext`);
    if (list?.type !== 'list' || list.items.length !== 1) throw new Error(JSON.stringify(list));
    const [item] = list.items;
    expect(item).toMatchObject({ task: false });
    expect(item.tokens.map(({ type }: Token) => type)).toEqual(['text']);
    return inline(item.tokens[0]);
  },
  'cell of a table': (written) => {
    const [table] = marked.lexer(`| a | b |\n| --- | --- |\n| ${written} | x |\n\nnext`);
    if (table?.type !== 'table') throw new Error(JSON.stringify(table));
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0][1].text).toBe('x');
    return table.rows[0][0].tokens;
  },
};

test('the punctuation after an address that links itself is not part of it', () => {
  expect(mdText('Open https://a.example/b.')).toBe('Open `https://a.example/b`.');
  expect(mdText('(//a.example/b!),')).toBe('`(//a.example/b!)`,');
});

function one(tokens: readonly Token[], type: string): readonly Token[] {
  const blocks = tokens.filter((token) => token.type !== 'space');
  expect(blocks.map((block) => block.type)).toEqual([type, 'paragraph']);
  return inline(blocks[0]);
}

const collapsed = (value: string) => value.trim().replace(/\s+/g, ' ');

describe.each(Object.entries(places))('text of a plan as %s', (_, tokens) => {
  test('is text by marked, which knows GFM, all of it and nothing else', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(collapsed(plain(tokens(mdText(value))).all)).toBe(collapsed(value));
      }),
      { numRuns: 3000 },
    );
  });

  test('holds no link and no mention once escapes are resolved, as GitHub looks for them', () => {
    fc.assert(
      fc.property(text, (value) => {
        for (const part of plain(tokens(mdText(value))).outside)
          expect(part).not.toMatch(/:\/\/|www\.|@|(mailto|xmpp):/i);
      }),
      { numRuns: 1000 },
    );
  });
});

test('a host, an address and a path are plain text', () => {
  for (const usual of ['db.example.com', '2001:db8::10/64', '/etc/postgresql/17/main', 'pg_hba.conf'])
    expect(mdText(usual)).toBe(usual);
});
