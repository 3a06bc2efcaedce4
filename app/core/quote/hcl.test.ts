import { expect, test } from 'vitest';
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

test('a line break never reaches Bicep', () => expect(() => bicepString('a\nb')).toThrow());
