import type { Chance } from './chance.ts';
import type { HbaFiles } from './hba-server.ts';

/**
 * Files that are hard to parse: every corner case of the lexer and of the grammar, and typos. Characters represent
 * bytes (Latin-1), so that some files are not UTF-8.
 */
export function trickyFiles(chance: Chance, major: number): HbaFiles {
  const names = [
    'f1',
    'f2.conf',
    'd/a.conf',
    'd/b.conf',
    'd/10.conf',
    'd/9.conf',
    'd/.h.conf',
    'd/note',
    'a b',
    'd/e/c.conf',
  ];
  const chosen = chance.rarely(3) ? chance.many(1, 4, () => chance.one(names)) : [];
  const files: Record<string, Buffer> = {};
  // Before 16 a file that includes itself crashes the server, so there a file names only those created before it.
  const known: string[] = [];
  for (const name of new Set(chosen)) {
    // Since 16 it may, once: files that include themselves along many paths are unrealistic.
    const circular = major >= 16 && chance.rarely(4);
    const maker = new Maker(chance, major, circular ? chosen : known, name, major >= 16 ? 1 : 99);
    files[name] = bytes(chance.rarely(2) ? maker.lines(0, 3) : maker.tokenFile());
    known.push(name);
  }
  if (major >= 16 && chance.rarely(60))
    return { text: Buffer.from(chance.one(['include_dir .', 'include pg_hba.conf'])), files };
  return { text: bytes(new Maker(chance, major, chosen, MAIN, 99).lines(1, 16)), files };
}

/** In an expression in the view, half a character starts one that consumes what follows; those are left out. */
function bytes(text: string): Buffer {
  const written = Buffer.from(text, 'latin1');
  return /(^|[\s,"])\//.test(text) ? Buffer.from(written.toString('utf8')) : written;
}

const MAIN = 'pg_hba.conf';
const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

const types = ['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'];
const methods = [
  'trust',
  'reject',
  'md5',
  'password',
  'scram-sha-256',
  'ident',
  'peer',
  'cert',
  'radius',
  'oauth',
  'gss',
  'sspi',
  'pam',
  'ldap',
  'bsd',
];
const plain = [
  'all',
  'sameuser',
  'samerole',
  'samegroup',
  'replication',
  'app',
  'u1',
  'Mixed',
  'x-y',
  'a.b',
  '*',
  '!x',
  '+',
  '@',
];
const wellKnown = [
  '127.0.0.1/32',
  '10.0.0.0/8',
  '0.0.0.0/0',
  '::1/128',
  '::/0',
  'fe80::1%lo/64',
  '2001:DB8::/32',
  '::ffff:10.0.0.0/104',
  'all',
  'samehost',
  'samenet',
  'localhost',
  '.example.com',
  '10/8',
  '010.0.0.1/32',
  '0x7f.1/8',
  '10.0.0.1/08',
  '10.0.0.1/+8',
  '10.0.0.1/ 8',
  '10.0.0.1/',
  '10.0.0.1/-1',
  '10.0.0.1/33',
  '/8',
  '[::1]/128',
  '1.2.3.4%lo/8',
  '10.0.0.1/255.0.0.0',
];
const masks = [
  '255.255.255.0',
  '255.0.255.0',
  '0',
  '255',
  '0xff000000',
  '037777777777',
  'ffff::',
  'ffff:ffff::',
  '::',
  'md5',
  '1.2.3',
  '"255.0.0.0"',
];
const options = [
  'map=m',
  'map=',
  'clientcert=1',
  'clientcert=0',
  'clientcert=verify-ca',
  'clientcert=verify-full',
  'clientcert=no-verify',
  'clientcert=on',
  'clientname=CN',
  'clientname=DN',
  'clientname=cn',
  'radiusservers=127.0.0.1',
  'radiusservers="127.0.0.1,::1"',
  'radiusservers=""',
  'radiusservers=127.0.0.1,127.0.0.2',
  'radiussecrets=s',
  'radiussecrets="a,b"',
  'radiussecrets=""',
  'radiussecrets="""a b"",c"',
  'radiussecrets="a b"',
  'radiussecrets=",a"',
  'radiusports=1812',
  'radiusports="1812,1813"',
  'radiusports=x',
  'radiusports="1 ,2, 3"',
  'radiusidentifiers=i',
  'radiusidentifiers="i,j"',
  'issuer=https://i.example',
  'issuer=',
  'scope=openid',
  'scope=""',
  'validator=v',
  'validator.a_B-9=1',
  'validator.=1',
  'validator.a.b=1',
  'Validator.a=1',
  'delegate_ident_mapping=1',
  'delegate_ident_mapping=0',
  'include_realm=0',
  'include_realm=1',
  'krb_realm=R',
  'compat_realm=1',
  'upn_username=1',
  'pamservice=x',
  'pam_use_hostname=1',
  'ldapserver=h',
  'ldapurl="ldap://h/dc=a?uid?sub"',
  'ldapport=1',
  'ldapbasedn="dc=x,dc=y"',
  'ldaptls=1',
  'ldapscheme=ldaps',
  'ldapprefix=p',
  'ldapsearchfilter=f',
  'foo=bar',
  '=x',
  'x',
  '=',
  'a=b=c',
  'MAP=m',
];
const suited: Readonly<Record<string, readonly string[]>> = {
  cert: options.filter((text) => /^(map|client)/.test(text)),
  radius: options.filter((text) => text.startsWith('radius')),
  oauth: options.filter((text) => /^(issuer|scope|validator|delegate|map)/.test(text)),
  ident: options.filter((text) => text.startsWith('map')),
};
const radiusUsual = [
  'radiusservers=127.0.0.1',
  'radiusservers="127.0.0.1,::1"',
  'radiussecrets=s',
  'radiussecrets="a,b"',
];
const blanks = [' ', ' ', ' ', ' ', '\t', '  ', ' \t ', '\r', ' , ', ', ', ' ,'];
const odd = [
  ...'",#@\\/+= \t\r\0\'{}()[]*?|^$-.:%&',
  '\n',
  '\\\n',
  '\\\r\n',
  '\v',
  '\f',
  utf8('é'),
  utf8('€'),
  '\xa0',
  '\xe9',
  utf8('\u{1f600}'),
];
const scraps = [
  ...types,
  ...methods,
  ...plain,
  ...masks,
  '"',
  '""',
  '","',
  '" "',
  '#',
  ',',
  '@f1',
  '@nosuch',
  '/',
  '"/x',
  '+"g"',
  '"+g"',
  '\\',
  'include',
  'include_if_exists',
  'include_dir',
];
const expressionPieces = [
  ...'abcdx019.^$|*+?()[]{}\\-,:=!<>/ ',
  '(a|b)',
  '(?:a)',
  '(?=a)',
  '(?!a)',
  '(?<=a)',
  '(?<!a)',
  '(?i)',
  '(?x)',
  '(?ics)',
  '(?q)',
  '***=',
  '***:',
  '(?',
  'a{2}',
  'a{2,}',
  'a{2,3}',
  'a{3,2}',
  'a{256}',
  'a{,3}',
  '{',
  '{1',
  '{1,2',
  '}',
  'a*?',
  'a+?',
  'a??',
  'a**',
  'a{1}{2}',
  '[abc]',
  '[^a]',
  '[a-c]',
  '[c-a]',
  '[]a]',
  '[^]a]',
  '[a-]',
  '[-a]',
  '[a-c-e]',
  '[[:alpha:]]',
  '[[:nope:]]',
  '[[.a.]]',
  '[[.nope.]]',
  '[[=a=]]',
  '[[:<:]]',
  '[[:>:]]',
  '[\\d]',
  '[\\w-z]',
  '[\\n]',
  '[\\]',
  '[[:alpha:]',
  '[a-\\d]',
  '[[.-.]-a]',
  '[[.hyphen.]]',
  '\\d',
  '\\w',
  '\\s',
  '\\D',
  '\\W',
  '\\S',
  '\\m',
  '\\M',
  '\\y',
  '\\Y',
  '\\A',
  '\\Z',
  '\\1',
  '(a)\\1',
  '\\2',
  '\\12',
  '\\x41',
  '\\u0041',
  '\\u00',
  '\\U00000041',
  '\\x',
  '\\e',
  '\\B',
  '\\cA',
  '\\c',
  '\\0',
  '\\07',
  '\\q',
  '\\b',
  '\\.',
  '\\/',
  '\\v',
  '\\a',
  '()',
  '(|a)',
  'a||b',
  '|',
  '^*',
  '$*',
  '^+',
]; // prettier-ignore

/** The prefix of the name of a RADIUS server or of an interface: the effect of a typo in one is unknown here. */
const known = (text: string) => /^(?:(?!r.?a.?d.?i.?u.?s|%)[\s\S])*/.exec(text)?.[0] ?? '';

class Maker {
  constructor(
    private readonly chance: Chance,
    private readonly major: number,
    private readonly files: readonly string[],
    private readonly from: string,
    /** Number of further files that may be named. */
    private left: number,
  ) {}

  lines(from: number, to: number): string {
    const { chance } = this;
    const end = chance.one(['\n', '\n', '\n', '\n', '\r\n', '\r']);
    const lines = chance.many(from, to, () => this.line());
    const text = lines.join(end) + (chance.rarely(4) ? '' : end);
    return chance.rarely(40) ? utf8('\ufeff') + text : text;
  }

  /** The intended content of `@file`: names on separate lines. */
  tokenFile(): string {
    return this.chance.many(0, 4, () => (this.chance.rarely(5) ? `# ${this.scrap()}` : this.list())).join('\n');
  }

  private line(): string {
    const { chance } = this;
    const kind = chance.below(40);
    if (kind < 15) return this.record();
    if (kind < 26) return this.mutated(this.record());
    if (kind < 29) return chance.many(1, 8, () => this.scrap() + chance.one(blanks)).join('');
    if (kind < 31) return `#${chance.one(blanks)}${this.scrap()}${chance.rarely(4) ? '\\' : ''}`;
    if (kind < 32) return chance.one(['', ' ', '\t', '\r', ',', ',,', '\\', '""']);
    if (kind < 35) return this.include();
    if (kind < 38) return this.split(this.record());
    if (kind < 39) return chance.many(0, 12, () => chance.one(odd)).join('');
    return chance.rarely(3) ? this.long() : this.shortened(this.record());
  }

  private record(): string {
    const { chance } = this;
    const type = chance.one(types);
    const method = chance.below(3) > 0 ? chance.one(methods.slice(0, 10)) : chance.one(methods);
    const fields = [this.spelt(type), this.list(), this.list()];
    if (type !== 'local' || chance.rarely(12)) fields.push(...this.address());
    fields.push(this.spelt(method));
    const fitting = chance.rarely(3) ? options : (suited[method] ?? options);
    if (method === 'radius' && !chance.rarely(3)) fields.push(...chance.many(2, 4, () => chance.one(radiusUsual)));
    if (suited[method] || chance.rarely(3))
      fields.push(chance.many(0, 3, () => this.spelt(chance.one(fitting), 12)).join(chance.one([' ', ' ', ','])));
    const text = fields.map((field) => field + (chance.rarely(6) ? chance.one(blanks) : ' ')).join('');
    return chance.rarely(8) ? `${text}#${this.scrap()}` : text.trimEnd();
  }

  private list(): string {
    const { chance } = this;
    const token = () => {
      const kind = chance.below(24);
      if (kind < 15) return this.spelt(chance.one(plain));
      if (kind < 17) return `${chance.one(['+', '"+', '+"'])}${chance.one(['g', 'G h', 'g"'])}`;
      if (kind < 19) return this.mention();
      if (kind < 22) return this.expression();
      if (kind < 23) return this.mutated(chance.one(plain));
      return utf8(chance.one(['é', 'naïve', '数据', '\u{1f600}'])) + chance.one(['', '\xe9', '\xa0']);
    };
    return chance.rarely(3) ? chance.many(2, 3, token).join(chance.one([',', ',', ', ', ',,', ' ,'])) : token();
  }

  private expression(): string {
    const { chance } = this;
    const text = `/${chance.many(0, 4, () => chance.one(expressionPieces)).join('')}`;
    return chance.rarely(3) ? text : `"${text}"`;
  }

  private mention(): string {
    const { chance } = this;
    const name = this.reference();
    const file = /[ #,]/.test(name) ? `"${name}"` : name;
    return chance.one(['@', '@', '@', '@', '"@']) + file;
  }

  /** A reference to a file as written in another file. */
  private reference(): string {
    const { chance } = this;
    if (this.left-- <= 0) return 'nosuch';
    const folder = this.from.split('/').slice(0, -1);
    const near = (name: string) => '../'.repeat(folder.length) + name;
    const names = [
      ...this.files,
      ...this.files,
      ...this.files,
      'nosuch',
      'no/such',
      './f1',
      'd/../f1',
      `${'n'.repeat(256)}`,
    ];
    // A directory can be opened, but not read; the same applies to a file used as a directory.
    const rare = ['d', '.', 'd/', 'f1/x', '/nosuch', ' '];
    const safe = (name: string) =>
      this.major >= 16 || !/f1|^\.$/.test(name) || this.files.some((file) => name.endsWith(file));
    const name = chance.rarely(12) ? chance.one(rare) : chance.one(names);
    return safe(name) ? (name.startsWith('/') ? name : near(name)) : 'nosuch';
  }

  private include(): string {
    const { chance } = this;
    // Whether nesting that is too deep counts as a missing file depends on the last system error.
    const known = this.from === MAIN ? ['include_if_exists', 'include_dir', 'include_dir'] : ['include_dir'];
    const word = chance.one(['include', 'include', '"include"', 'Include', ...known]);
    const folder = this.from === MAIN ? ['d', 'd/e', 'nosuch', '" "', '""', 'f1'] : ['nosuch', '""'];
    const argument = word === 'include_dir' ? chance.one(folder) : this.reference();
    const name = / /.test(argument) && !argument.startsWith('"') ? `"${argument}"` : argument;
    return `${word} ${name}${chance.rarely(8) ? chance.one([' x', ',x', ' # x', ' "']) : ''}`;
  }

  private address(): string[] {
    const { chance } = this;
    const number = () =>
      chance.one([
        '0',
        '1',
        '10',
        '127',
        '255',
        '256',
        '08',
        '010',
        '0x1f',
        '0xZ',
        '4294967295',
        '4294967296',
        '',
        '1a',
        '00',
        '-1',
      ]);
    const group = () => chance.one(['0', '1', 'ffff', '00ff', 'FFFF', '12345', 'g', '', 'dead', '1.2.3.4', '0000']);
    const v4 = () => chance.many(1, chance.rarely(4) ? 5 : 4, number).join('.');
    const v6 = () =>
      chance.many(2, 8, group).join(':') +
      (chance.rarely(8) ? chance.one(['%lo', '%1', '%', '%01', '%4294967296']) : '');
    const length = () =>
      `/${chance.one(['0', '1', '7', '8', '24', '32', '33', '64', '128', '129', '-0', '+8', ' 8', '8 ', '08', '8x', '', '99999999999999999999'])}`;
    const kind = chance.below(12);
    if (kind < 6) return [this.spelt(chance.one(wellKnown), 10)];
    if (kind < 8) return [v4() + length()];
    if (kind < 10) return [v6() + length()];
    return [
      chance.one([v4, v6, () => '10.0.0.1', () => '::1'])(),
      this.spelt(chance.rarely(3) ? v4() : chance.one(masks), 10),
    ];
  }

  /** Occasionally with quotes, where they may change the meaning. */
  private spelt(text: string, times = 8): string {
    const { chance } = this;
    if (/radiusservers|%/.test(text) || !chance.rarely(times)) return text;
    const at = chance.below(text.length + 1);
    const to = at + chance.below(text.length + 1 - at);
    return `${text.slice(0, at)}"${text.slice(at, to)}"${text.slice(to)}`;
  }

  private scrap(): string {
    const { chance } = this;
    return chance.rarely(4) ? this.spelt(chance.one([...wellKnown, ...options])) : this.safe(chance.one(scraps));
  }

  private mutated(text: string): string {
    const { chance } = this;
    let now = known(text);
    const rest = text.slice(now.length);
    for (let times = 1 + chance.below(2); times > 0; times--) {
      const at = chance.below(now.length + 1);
      const [before, after] = [now.slice(0, at), now.slice(at)];
      const kind = chance.below(6);
      if (kind === 0) now = before + after.slice(1);
      else if (kind === 1) now = before + (after[0] ?? '') + after;
      else if (kind === 2) now = before + (after[1] ?? '') + (after[0] ?? '') + after.slice(2);
      else if (kind === 3) now = before + (after[0] ?? '').toUpperCase() + after.slice(1);
      else now = before + chance.one(odd) + after;
    }
    return this.safe(now + rest);
  }

  /** A typo must not produce the name of an existing file that could be the file itself, or one above the directory. */
  private safe(slip: string): string {
    const text = slip.replace(/@"?(?=\.\.)/g, '@n');
    return this.major >= 16 && this.from === MAIN ? text : text.replace(/@"?(?=[fda.])/g, '@n');
  }

  private split(text: string): string {
    const at = this.chance.below(known(text).length + 1);
    const end = this.chance.one(['\\\n', '\\\n', '\\\r\n', '\\ \n', '\\\\\n', '\\\n\\\n']);
    return this.safe(text.slice(0, at) + end + text.slice(at));
  }

  private shortened(text: string): string {
    return text.split(' ').slice(0, this.chance.below(5)).join(' ');
  }

  private long(): string {
    const length = this.chance.one([10238, 10239, 10240, 20470, 20478, 20479, 20480, 30000]);
    const text = this.chance.one(['a', utf8('é'), 'a,', 'a ']);
    const filled = text.repeat(Math.ceil(length / text.length)).slice(0, length - this.chance.below(12));
    return this.chance.one([`local all ${filled} trust`, `local ${filled}`, `# ${filled}`, filled]);
  }
}
