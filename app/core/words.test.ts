import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { confRules } from './audit/conf-rules.ts';
import { hostsRules } from './audit/hosts-rules.ts';
import { hbaRules } from './audit/rules.ts';
import { versionRules } from './audit/version-rules.ts';
import { causes } from './diagnosis/refusal/causes.ts';
import { pages } from './pages/list.ts';
import { BANNED_WORDS, bannedIn } from './testing/banned-words.ts';

/** Fields whose text a program writes or reads. */
const LITERAL_FIELDS = new Set(['wordings', 'examples', 'wrong', 'right', 'beside', 'references']);

/** The strings of a source file that are sentences or parts of one. */
function textsIn(path: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isTaggedTemplateExpression(node)) return;
    if (ts.isPropertyAssignment(node) && LITERAL_FIELDS.has(node.name.getText())) return;
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node))
      texts.push(`${node.head.text}${node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
  return texts.filter((text) => text.includes(' '));
}

const sources = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => `${folder}/${path}`);

const texts: Readonly<Record<string, () => readonly string[]>> = {
  'audit rules': () =>
    [...hbaRules, ...confRules, ...hostsRules, ...versionRules]
      .flatMap(({ title, why }) => [title, why])
      .concat(sources('app/core/audit').flatMap(textsIn)),
  'rules about an upgrade': () => sources('app/core/upgrade').flatMap(textsIn),
  'causes of a refusal': () =>
    causes.flatMap(({ title, explanation, fix, check, otherwise, couldBe }) => [
      title,
      explanation,
      fix,
      check,
      otherwise,
      ...couldBe.flatMap(({ what, tell }) => [what, tell]),
    ]),
  'the path of a connection': () =>
    sources('app/core/diagnosis')
      .filter((path) => !path.includes('/causes/'))
      .flatMap(textsIn),
  pages: () =>
    pages.flatMap(({ title, summary, does, doesNot, undo, pitfalls }) => [
      title,
      summary,
      ...[...does, ...doesNot, ...undo, ...pitfalls].map(({ text }) => text),
    ]),
  migrations: () => sources('app/core/migration').flatMap(textsIn),
  'the comparison of databases': () => textsIn('app/core/database-comparison/comparison.ts'),
  presets: () =>
    JSON.parse(readFileSync('public/presets/index.json', 'utf8')).flatMap(
      ({ title, summary }: { title: string; summary: string }) => [title, summary],
    ),
  ...Object.fromEntries(
    readdirSync('app/core/messages/english').map((path) => [
      `messages in ${path}`,
      () => textsIn(`app/core/messages/english/${path}`),
    ]),
  ),
};

describe('the words of texts that a person reads', () => {
  test.each(Object.entries(texts))('%s use the terms of the field', (_, read) => {
    const found = read();
    expect(found.length).toBeGreaterThan(5);
    expect(found.flatMap(bannedIn)).toEqual([]);
  });

  test('each banned word is found, as a word of its own and in any case', () => {
    expect(BANNED_WORDS.filter(({ write }) => write === '')).toEqual([]);
    expect(bannedIn('Mend the line, in clear text.')).toHaveLength(2);
    expect(bannedIn('`mend` is a command; standby, besides and amendment are ordinary words.')).toEqual([]);
  });
});
