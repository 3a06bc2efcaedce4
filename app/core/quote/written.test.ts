import { describe, expect, test } from 'vitest';
import { parsePrefix } from '../net/prefix.ts';
import { adonetValue } from './adonet.ts';
import { bicepString } from './bicep.ts';
import { confName, confValue } from './conf.ts';
import { conninfoValue } from './conninfo.ts';
import { regexText } from './fail2ban.ts';
import { haproxyWord } from './haproxy.ts';
import { hbaFileToken, hbaName, hbaOption, hbaToken } from './hba.ts';
import { hclString } from './hcl.ts';
import { iniValue } from './ini.ts';
import { jsonDocument } from './json.ts';
import { mdCode, mdFence, mdLink, mdText } from './markdown.ts';
import { nftPrefix } from './nft.ts';
import { opensslSubject } from './openssl.ts';
import { pgbouncerHbaName, pgbouncerName, pgbouncerValue } from './pgbouncer.ts';
import { psText } from './powershell.ts';
import { alertPlain, promqlString } from './prometheus.ts';
import { psqlConnect, psqlText } from './psql.ts';
import { shWord } from './sh.ts';
import { type Sql, sqlDollar, sqlIdentifier, sqlKeyword, sqlLiteral } from './sql.ts';
import { sshKey, sshWord } from './ssh.ts';
import { swanctlWord } from './swanctl.ts';
import { systemdText } from './systemd.ts';
import { ufwComment } from './ufw.ts';
import { fileUri, uriHost, uriPart } from './uri.ts';
import { xmlText } from './xml.ts';
import { composeString } from './yaml.ts';

/** A quoting function, and for each value exactly what it writes. */
interface Quoting {
  readonly name: string;
  readonly quote: (value: string) => string;
  readonly writes: readonly (readonly [value: string, written: string])[];
  readonly refuses?: readonly string[];
}

const quotings: readonly Quoting[] = [
  {
    name: 'adonetValue',
    quote: adonetValue,
    writes: [
      ['a', 'a'],
      ['db.example.com', 'db.example.com'],
      ['', '""'],
      [';ab', '";ab"'],
      ['ab;', '"ab;"'],
    ],
  },
  { name: 'bicepString', quote: bicepString, writes: [['\x24{a}\x24{b}', "'\\\x24{a}\\\x24{b}'"]] },
  {
    name: 'confName',
    quote: confName,
    writes: [
      ['a', 'a'],
      ['listen_addresses', 'listen_addresses'],
    ],
    refuses: ['', 'A', ' ssl', 'ssl ', 'ssl=on', '1'],
  },
  {
    name: 'confValue',
    quote: confValue,
    writes: [
      ['on', "'on'"],
      ["'a'", "'''a'''"],
      ['\\a\\', "'\\\\a\\\\'"],
    ],
  },
  {
    name: 'conninfoValue',
    quote: conninfoValue,
    writes: [
      ['a', 'a'],
      ['db.example.com', 'db.example.com'],
      [' a', "' a'"],
      ['a ', "'a '"],
    ],
  },
  {
    name: 'regexText',
    quote: regexText,
    writes: [
      ['Ab1', 'Ab1'],
      ['a.b', 'a\\U0000002eb'],
      ['\u{1f600}\n', '\\U0001f600\\U0000000a'],
    ],
  },
  {
    name: 'haproxyWord',
    quote: haproxyWord,
    writes: [
      ['a', 'a'],
      ['[2001:db8::1]:5432', '[2001:db8::1]:5432'],
    ],
    refuses: ['', ' a', 'a ', 'a b', '#'],
  },
  {
    name: 'hbaToken',
    quote: hbaToken,
    writes: [
      ['a', 'a'],
      ['sameuser', '"sameuser"'],
      ['samerole', '"samerole"'],
      ['samegroup', '"samegroup"'],
      ['include_if_exists', '"include_if_exists"'],
      ['include_dir', '"include_dir"'],
      ['"a"', '"""a"""'],
    ],
  },
  {
    name: 'hbaFileToken',
    quote: hbaFileToken,
    writes: [
      ['a', '@a'],
      ['/etc/postgresql/roles', '@/etc/postgresql/roles'],
      ['my roles', '@"my roles"'],
      [' a', '@" a"'],
      ['a ', '@"a "'],
      ['', '@""'],
    ],
  },
  {
    name: 'hbaOption',
    quote: (value) => hbaOption('map', value),
    writes: [
      ['a', 'map=a'],
      ['verify-full', 'map=verify-full'],
      ['', 'map=""'],
      [' a', 'map=" a"'],
      ['a ', 'map="a "'],
      ['"a"', 'map="""a"""'],
    ],
  },
  { name: 'hbaName', quote: (value) => hbaName(value, 16), writes: [['/a.b.c', '"/^/a\\.b\\.c$"']] },
  {
    name: 'hclString',
    quote: hclString,
    writes: [
      ['\u007f\u0085', '"\\u007f\\u0085"'],
      ['\u2028', '"\\u2028"'],
    ],
  },
  { name: 'iniValue', quote: iniValue, writes: [['a b', 'a b']], refuses: ['a ', ' a', 'a\tb'] },
  {
    name: 'mdText',
    quote: mdText,
    writes: [
      ['12. a', '12\\. a'],
      ['. a', '. a'],
    ],
  },
  {
    name: 'mdCode',
    quote: mdCode,
    writes: [
      ['a', '`a`'],
      ['`a', '`` `a ``'],
      ['a`', '`` a` ``'],
    ],
  },
  {
    name: 'mdLink',
    quote: mdLink,
    writes: [['https://example.com/<a b><c', '<https://example.com/%3Ca%20b%3E%3Cc>']],
  },
  {
    name: 'nftPrefix',
    quote: (value) => nftPrefix(parsePrefix(value) ?? expect.unreachable()),
    writes: [
      ['192.0.2.1/32', '192.0.2.1'],
      ['192.0.2.0/24', '192.0.2.0/24'],
      ['2001:db8::1/128', '2001:db8::1'],
      ['2001:db8::/32', '2001:db8::/32'],
    ],
  },
  { name: 'opensslSubject', quote: opensslSubject, writes: [['a/b/c', "'/CN=a\\/b\\/c'"]] },
  {
    name: 'pgbouncerName',
    quote: pgbouncerName,
    writes: [
      ['a', 'a'],
      ['app-1.x', 'app-1.x'],
    ],
    refuses: ['', ' a', '-a', 'a ', 'a b', '*', 'pgbouncer'],
  },
  {
    name: 'pgbouncerValue',
    quote: pgbouncerValue,
    writes: [
      ['a\\', "'a\\'"],
      ["'a'", "'''a'''"],
    ],
    refuses: ['a\nb'],
  },
  {
    name: 'pgbouncerHbaName',
    quote: pgbouncerHbaName,
    writes: [
      ['all', '"all"'],
      ['"a"', '"""a"""'],
    ],
    refuses: ['a\nb'],
  },
  {
    name: 'psText',
    quote: psText,
    writes: [
      ['ab', "'ab'"],
      ['ab\u2018cd', "('' + 'ab' + [char]0x2018 + 'cd')"],
    ],
  },
  { name: 'promqlString', quote: promqlString, writes: [['"\\a\\"', '"\\"\\\\a\\\\\\""']] },
  { name: 'alertPlain', quote: alertPlain, writes: [['{{ $x }}', '{{"{"}}{{"{"}} $x }}']] },
  {
    name: 'psqlConnect',
    quote: psqlConnect,
    writes: [
      ['app', '-reuse-previous=on "dbname=app"'],
      ['a=b', `-reuse-previous=on "dbname='a=b'"`],
      ['"a"', `-reuse-previous=on "dbname='""a""'"`],
    ],
  },
  {
    name: 'psqlText',
    quote: psqlText,
    writes: [
      ["'a'", "'''a'''"],
      ['\\a\\', "'\\\\a\\\\'"],
    ],
  },
  { name: 'shWord', quote: shWord, writes: [['a', 'a']] },
  { name: 'sqlLiteral', quote: sqlLiteral, writes: [["'a'", "'''a'''"]] },
  { name: 'sqlIdentifier', quote: sqlIdentifier, writes: [['"a"', '"""a"""']] },
  {
    name: 'sqlKeyword',
    quote: sqlKeyword,
    writes: [
      ['a', 'a'],
      ['LOGIN', 'LOGIN'],
    ],
    refuses: ['', ' LOGIN', 'LOGIN ', 'a;b'],
  },
  {
    name: 'sqlDollar',
    quote: (line) => sqlDollar([line as Sql, 'end' as Sql]),
    writes: [
      ['a', '$postern$\na\nend\n$postern$'],
      ['$postern$', '$postern1$\n$postern$\nend\n$postern1$'],
    ],
  },
  { name: 'sshWord', quote: sshWord, writes: [['a', 'a']], refuses: ['a b', 'a ', ' a'] },
  {
    name: 'sshKey',
    quote: sshKey,
    writes: [
      ['a A', 'a A'],
      ['ssh-ed25519 AAAAC3+/==', 'ssh-ed25519 AAAAC3+/=='],
    ],
    refuses: ['', ' AAAA', 'ssh-ed25519 ', 'ssh-ed25519 AAAA\n', '\nssh-ed25519 AAAA', 'ssh-ed25519 ===='],
  },
  {
    name: 'swanctlWord',
    quote: swanctlWord,
    writes: [
      ['a', 'a'],
      ['2001:db8::/32', '2001:db8::/32'],
    ],
    refuses: ['', ' a', 'a ', '{'],
  },
  {
    name: 'systemdText',
    quote: systemdText,
    writes: [
      ['a\\b', 'a\\b'],
      ['%a%', '%%a%%'],
    ],
    refuses: [' a', 'a ', 'a\\', 'a\u0000'],
  },
  { name: 'ufwComment', quote: ufwComment, writes: [["'a'", "'\u02bca\u02bc'"]] },
  {
    name: 'uriPart',
    quote: uriPart,
    writes: [["!'()*-._~", '%21%27%28%29%2A-._~']],
  },
  {
    name: 'uriHost',
    quote: uriHost,
    writes: [
      ['2001:db8::10', '[2001:db8::10]'],
      // No address, but nothing that could end the host either.
      [':1', '[:1]'],
      ['1:', '[1:]'],
      ['192.0.2.1', '192.0.2.1'],
      ['x::1', 'x%3A%3A1'],
      ['::1x', '%3A%3A1x'],
    ],
  },
  {
    name: 'fileUri',
    quote: fileUri,
    writes: [
      ['a/b c', 'a/b%20c'],
      ['./a', './a'],
      ['', './'],
      ['a/', 'a/'],
      ['/a/b//c', 'file:///a/b//c'],
      ['///a', 'file:///a'],
      ['C:\\a\\b\\c', 'file:///C:/a/b/c'],
      ['c:/a', 'file:///c:/a'],
      ['C:\\', 'file:///C:/'],
      ['xC:\\a', 'xC%3A%5Ca'],
      ['1:\\a', '1%3A%5Ca'],
      ['C:a', 'C%3Aa'],
      ['\ud83d\ude00', '%F0%9F%98%80'],
      ['\ud83da\ude00', '%EF%BF%BDa%EF%BF%BD'],
      ['\ude00', '%EF%BF%BD'],
    ],
  },
  { name: 'xmlText', quote: xmlText, writes: [['<<&&>>""', '&lt;&lt;&amp;&amp;&gt;&gt;&quot;&quot;']] },
  { name: 'composeString', quote: composeString, writes: [['$a$', '"$$a$$"']] },
];

describe.each(quotings)('$name', ({ quote, writes, refuses = [] }) => {
  test.each(writes)('writes %j as %s', (value, written) => expect(quote(value)).toBe(written));
  test.each(refuses)('refuses %j', (value) => expect(() => quote(value)).toThrow());
});

describe('mdFence', () => {
  test('has three backticks and the language', () => {
    expect(mdFence('sh', ['a', 'b'])).toEqual(['```sh', 'a', 'b', '```']);
    expect(mdFence('sh', [])).toEqual(['```sh', '```']);
  });

  test('is longer than any run of backticks in the text', () => {
    expect(mdFence('', ['`', 'x````y```'])).toEqual(['`````', '`', 'x````y```', '`````']);
  });
});

test('jsonDocument indents by two and ends its last line', () => {
  expect(jsonDocument({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
});
