import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileNames } from '../testing/plan-arbitrary.ts';
import { bicepString } from './bicep.ts';
import { hclString } from './hcl.ts';

test.each([
  ['plain', '"plain"'],
  ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
  ['\x24{file("/etc/passwd")}', '"$\x24{file(\\"/etc/passwd\\")}"'],
  ['%{if true}x%{endif}', '"%%{if true}x%%{endif}"'],
  ['$ % {', '"$ % {"'],
])('HCL writes %j as %s', (value, expected) => expect(hclString(value)).toBe(expected));

test.each([
  ['plain', "'plain'"],
  ["o'hara", "'o\\'hara'"],
  ['\x24{deployment().name}', "'\\\x24{deployment().name}'"],
  ["back\\slash '''", "'back\\\\slash \\'\\'\\''"],
])('Bicep writes %j as %s', (value, expected) => expect(bicepString(value)).toBe(expected));

test("HCL: HashiCorp's own parser reads every string back, and finds no interpolation in it", async () => {
  const units = `'"$%{}\\#/*~. ab1ä数\u2028`;
  const random = fc.sample(fc.string({ unit: fc.constantFrom(...units), maxLength: 12 }), 500);
  const values = [...hostileNames, '\x24{file("/etc/passwd")}', '%{if true}x%{endif}', '$\x24{x}', '%%{x}', ...random];
  const lines = values.map((value, index) => `  v${index} = ${hclString(value)}`);
  const { locals } = await parse('strings.tf', `locals {\n${lines.join('\n')}\n}\n`);
  // It answers with templates, in which a doubled sign before a brace still stands for one.
  const read = (template: string) => template.replace(/([$%])\1\{/g, '$1{');
  const found: Record<string, string> = locals[0];
  for (const [index, value] of values.entries()) {
    const template = found[`v${index}`] ?? '';
    expect(template.replace(/([$%])\1\{/g, ' ')).not.toMatch(/[$%]\{/);
    expect(read(template)).toBe(value);
  }
});

test('a line break never reaches Bicep', () => expect(() => bicepString('a\nb')).toThrow());
