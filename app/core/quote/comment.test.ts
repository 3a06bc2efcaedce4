import { describe, expect, test } from 'vitest';
import { commentedOut, lineComment, markupComment } from './comment.ts';
import { confComment } from './conf.ts';
import { psComment } from './powershell.ts';
import { shComment } from './sh.ts';
import type { Quoted } from './template.ts';
import { yamlComment } from './yaml.ts';

const hash = lineComment<'conf'>('#');
const dashes = lineComment<'sql'>('--');

describe('a comment to the end of its line', () => {
  test('follows the comment sign and the indentation', () => {
    expect(hash('a b')).toEqual(['# a b']);
    expect(dashes('a b', '  ')).toEqual(['  -- a b']);
    expect(hash('')).toEqual(['# ']);
    expect(confComment(' a  b')).toEqual(['#  a  b']);
  });

  test('has lines of 100 bytes at most, sign and indentation included', () => {
    const letters = (count: number) => 'a'.repeat(count);
    expect(hash(`${letters(96)} b`)).toEqual([`# ${letters(96)} b`]);
    expect(hash(`${letters(97)} b`)).toEqual([`# ${letters(97)}`, '# b']);
    expect(dashes(`${letters(91)} b`, '    ')).toEqual([`    -- ${letters(91)} b`]);
    expect(dashes(`${letters(92)} b`, '    ')).toEqual([`    -- ${letters(92)}`, '    -- b']);
    expect(hash(`${'ä'.repeat(48)} b`)).toEqual([`# ${'ä'.repeat(48)} b`]);
    expect(hash(`${'ä'.repeat(48)} bc`)).toEqual([`# ${'ä'.repeat(48)}`, '# bc']);
  });

  test('breaks a longer word, and no character', () => {
    const word = '1'.repeat(98) + '2'.repeat(98) + '3'.repeat(98);
    expect(hash(word)).toEqual(['1', '2', '3'].map((digit) => `# ${digit.repeat(98)}`));
    expect(hash(`${word}4`).at(-1)).toBe('# 4');
    expect(hash('a'.repeat(99))).toEqual([`# ${'a'.repeat(98)}`, '# a']);
    expect(hash(`${'ä'.repeat(48)}b\u{1f600}c`)).toEqual([`# ${'ä'.repeat(48)}b`, '# \u{1f600}c']);
  });

  test.each([
    ['line\nfeed\r\u0085\u2028\u2029\u202e\ufeffend', 'line feed       end'.replace(/ {7}/, '      ')],
    ['a\\', 'a\\.'],
    ['\\a', '\\a'],
    ['vim: set x vi: ex: y', 'vim : set x vi : ex : y'],
    ['vim700: vim<700: VIM>7: vim=1:', 'vim700 : vim<700 : VIM>7 : vim=1 :'],
    ['xvim: complex: vim', 'xvim: complex: vim'],
    ['Local Variables: x', 'Local Variables : x'],
    ['postern-ignore: a postern-ignore-file: b', 'postern-ignore : a postern-ignore-file : b'],
    ['-*- mode: sh -*-', '- *- mode: sh - *-'],
    ['a-b *-', 'a-b *-'],
  ])('says %j as %s, which nobody obeys', (text, said) => expect(hash(text)).toEqual([`# ${said}`]));

  test.each([
    ['shellcheck disable=all', 'ShellCheck disable=all'],
    ['  shellcheck disable=all', 'ShellCheck disable=all'],
    ['xshellcheck', 'xshellcheck'],
    ['a shellcheck', 'a shellcheck'],
  ])('of sh says %j as %s', (text, said) => expect(shComment(text)).toEqual([`# ${said}`]));

  test.each([
    ['yaml-language-server: $schema=x', 'YAML-language-server: $schema=x'],
    ['  yamllint disable', 'YAMLlint disable'],
    ['xyaml', 'xyaml'],
    ['a yaml', 'a yaml'],
  ])('of YAML says %j as %s', (text, said) => expect(yamlComment(text)).toEqual([`# ${said}`]));

  const unlike = ` ${'.'.repeat(35)}`;
  test.each([
    ['é\u{1f600}a', '??a'],
    ['SIG # Begin signature block', `SIG # Begin signature block${unlike}`],
    ['s i g # b e g i n s i g n a t u r e b l o c k', `s i g # b e g i n s i g n a t u r e b l o c k${unlike}`],
    // Nine and ten letters less.
    ['sig#beginsigna', `sig#beginsigna${unlike}`],
    ['sig#beginsign', 'sig#beginsign'],
    ['ordinary text', 'ordinary text'],
  ])('of PowerShell says %j as %s', (text, said) => expect(psComment(text)).toEqual([`# ${said}`]));
});

test('a comment of markup is one line without two hyphens in a row', () => {
  const markup = markupComment<'xml'>();
  expect(markup('a')).toEqual(['<!-- a -->']);
  expect(markup('a---b--\nvim: c', '  ')).toEqual(['  <!-- a- - -b- - vim : c -->']);
});

test('lines that are commented out each have the sign, and none joins the next', () => {
  expect(commentedOut('#', 'a\nb\\\rc' as Quoted<'conf'>)).toBe('#a\n#b\\.\n#c');
  expect(commentedOut('--', 'a' as Quoted<'sql'>)).toBe('--a');
});
