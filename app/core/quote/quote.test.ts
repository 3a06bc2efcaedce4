import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { hostileNames } from '../testing/plan-arbitrary.ts';
import { adonetValue } from './adonet.ts';
import { bicepString } from './bicep.ts';
import { conninfoValue } from './conninfo.ts';
import { hbaName, hbaToken } from './hba.ts';
import { iniValue } from './ini.ts';
import { jsonValue } from './json.ts';
import { mdCode, mdText } from './markdown.ts';
import { psText, psWord } from './powershell.ts';
import { pythonString } from './python.ts';
import { sh, shWord } from './sh.ts';
import { sqlDollar, sqlIdentifier, sqlLiteral } from './sql.ts';
import { sshKey, sshWord } from './ssh.ts';
import { systemdText } from './systemd.ts';
import { uriHost, uriPart } from './uri.ts';
import { composeString } from './yaml.ts';

/** Text as plan validation lets it through: one line, nothing invisible. */
const text = fc
  .oneof(
    fc.string({ unit: fc.constantFrom(...`'"\`$(){}[]<>\\|&;#*?~!%^=+-@:,/. ab1ä数`), maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )
  .filter((value) => !/[\p{C}\u2028\u2029]/u.test(value));

describe('read back by the program that reads it', () => {
  test('sh: a word is one argument, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 50 }), (values) => {
        const script = `printf '%s\\0' ${values.map(shWord).join(' ')}`;
        const printed = execFileSync('bash', ['-c', script], { encoding: 'utf8' });
        expect(printed.split('\0').slice(0, -1)).toEqual(values);
      }),
      { numRuns: 50 },
    );
  });

  test('JSON, which is JavaScript', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(JSON.parse(jsonValue(value))).toBe(value);
      }),
    );
  });

  test('YAML: a string of Compose, which reads two dollars as one', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(String(parseYaml(`x: ${composeString(value)}`).x).replaceAll('$$', '$')).toBe(value);
      }),
    );
  });

  test('a URI: role, password and database arrive as they are', () => {
    fc.assert(
      fc.property(text, text, (role, database) => {
        const url = new URL(
          `postgres://${uriPart(role)}@db.example.com:5432/${uriPart(database)}?user=${uriPart(role)}`,
        );
        expect(decodeURIComponent(url.username)).toBe(role);
        if (database !== '.' && database !== '..') expect(decodeURIComponent(url.pathname.slice(1))).toBe(database);
        expect(url.searchParams.get('user')).toBe(role);
        expect(url.host).toBe('db.example.com:5432');
      }),
    );
  });
});

/** Where no program can be had: a reader of one string, written from what the language's makers say. */
const readers = {
  /** DbConnectionStringBuilder: a value in double quotes holds them doubled; a bare one ends at `;`. */
  adonet: (quoted: string) => {
    const inner = /^"((?:[^"]|"")*)"$/.exec(quoted)?.[1];
    if (inner !== undefined) return inner.replaceAll('""', '"');
    if (/[;='"\s]/.test(quoted)) throw new Error(`not one value: ${quoted}`);
    return quoted;
  },
  /** Data types in Bicep: `\\\\`, `\\'`, `\\n`, `\\r`, `\\t`, `\\u{…}` and `\\$`; a bare dollar before a brace interpolates. */
  bicep: (quoted: string) => {
    const inner = /^'((?:[^'\\]|\\[\\'$])*)'$/.exec(quoted)?.[1];
    if (inner === undefined || /(?<!\\)(?:\\\\)*(?<![\\])\$\{/.test(inner))
      throw new Error(`not one string: ${quoted}`);
    return inner.replace(/\\(.)/g, '$1');
  },
  /** about_Quoting_Rules: each kind of single quote ends a string, and two of them are one. */
  powershell: (quoted: string) => {
    const inner = /^'((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)'$/.exec(quoted)?.[1];
    if (inner === undefined) throw new Error(`not one string: ${quoted}`);
    return inner.replace(/(['\u2018-\u201b])['\u2018-\u201b]/g, '$1');
  },
};

test.each([
  ['adonet', adonetValue],
  ['bicep', bicepString],
  ['powershell', psWord],
] as const)('%s: a string is read back by the rules of its makers', (language, quote) => {
  fc.assert(
    fc.property(fc.oneof(text, fc.constantFrom(...hostileNames, '\\\x24{x}', '\x24\\{', "'’‘''")), (value) => {
      expect(readers[language](quote(value))).toBe(value);
    }),
    { numRuns: 2000 },
  );
});

describe('the shape of each language', () => {
  test.each([
    ['app', 'app'],
    ['all', '"all"'],
    ['replication', '"replication"'],
    ['include', '"include"'],
    ['+group', '"+group"'],
    ['@file', '"@file"'],
    ['a"b', '"a""b"'],
    ['a b', '"a b"'],
    ['a,b', '"a,b"'],
    ['a#b', '"a#b"'],
    ['ends\\', '"ends\\"'],
    ['Mixed', 'Mixed'],
    ['', '""'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['::1/128', '::1/128'],
  ])('pg_hba.conf: %s is written %s', (value, written) => expect(hbaToken(value)).toBe(written));

  test('pg_hba.conf: a name with a leading slash is an anchored expression from 16 on', () => {
    expect(hbaName('/a.b', 15)).toBe('"/a.b"');
    expect(hbaName('/a.b', 16)).toBe('"/^/a\\.b$"');
    expect(hbaName('a.b', 16)).toBe('a.b');
  });

  test.each([
    [sqlLiteral("o'brien\\"), "'o''brien\\'"],
    [sqlIdentifier('a"b'), '"a""b"'],
    [conninfoValue("it's \\"), "'it\\'s \\\\'"],
    [conninfoValue(''), "''"],
    [adonetValue('a;b="c"'), '"a;b=""c"""'],
    [psWord("it's ’quoted‘"), "'it''s ’’quoted‘‘'"],
    [pythonString('a"\\'), '"a\\"\\\\"'],
    [uriHost('2001:db8::1'), '[2001:db8::1]'],
    [uriHost('db.example.com'), 'db.example.com'],
    [mdCode('a`b'), '``a`b``'],
    [mdText('<b> *x* [y](z) `c`'), '\\<b\\> \\*x\\* \\[y\\](z) \\`c\\`'],
    [mdText('pg_hba.conf'), 'pg_hba.conf'],
  ])('%s', (written, expected) => expect(written).toBe(expected));

  test('a dollar-quoted string takes a tag that its text does not hold', () => {
    const body = sqlDollar([sqlLiteral('$postern$'), sqlLiteral('$postern1$')]);
    expect(body.startsWith('$postern2$\n')).toBe(true);
    expect(body.endsWith('\n$postern2$')).toBe(true);
  });

  test('what a language without quoting cannot carry is refused', () => {
    expect(() => iniValue('a\nb')).toThrow();
    expect(() => iniValue(' a')).toThrow();
    expect(() => sshWord('a b')).toThrow();
    for (const meant of [
      '%h',
      '~',
      '~root',
      '/etc/x',
      '\x24{HOME}',
      '*',
      '!x',
      '?',
      '-oProxyCommand',
      '#x',
      'a,b',
      '"x"',
      '',
    ])
      expect(() => sshWord(meant), meant).toThrow();
    for (const fine of ['db.example.com:5432', '[fd00::1]:5432', 'App_1', 'a.b-c']) expect(sshWord(fine)).toBe(fine);
    expect(() => sshKey('ssh-ed25519 AAAA comment')).toThrow();
    expect(() => sshKey('@revoked * ssh-ed25519 AAAA')).toThrow();
    expect(() => systemdText('two\nlines')).toThrow();
    expect(() => systemdText('joins the next line\\')).toThrow();
    expect(systemdText('100 %n')).toBe('100 %%n');
    expect(() => shWord('\0')).toThrow();
  });

  test('a template takes back only the escapes that JavaScript needs', () => {
    const literal = sh`echo "\${HOME}" \`x\` '\n' ${shWord('a b')} ${5432}`;
    expect(literal).toBe(['echo "$', "{HOME}\" `x` '\\n' 'a b' 5432"].join(''));
  });
});

test('PowerShell: a string of a script is ASCII alone, and says the same', () => {
  const read = (quoted: string): string =>
    (quoted.match(/'(?:[^']|'')*'|\[char\]0x[0-9a-f]+/g) ?? [])
      .map((piece) =>
        piece.startsWith('[')
          ? String.fromCharCode(Number(piece.slice('[char]'.length)))
          : piece.slice(1, -1).replaceAll("''", "'"),
      )
      .join('');
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (value) => {
      expect(psText(value)).toMatch(/^[ -~]*$/);
      expect(read(psText(value))).toBe(value);
    }),
  );
  expect(psText('a\u2018b')).toBe("('' + 'a' + [char]0x2018 + 'b')");
});
