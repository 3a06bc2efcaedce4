import type { Chance } from './chance.ts';

const schemes = [
  ...['ldap', 'ldap', 'ldap', 'ldap', 'ldaps', 'ldaps', 'ldaps', 'LDAP', 'Ldaps'],
  ...['ldapi', 'pldap', 'PLDAPS', 'cldap', 'http', 'ldapx', 'xldap', ''],
];
const separators = ['://', '://', '://', '://', '://', '://', '://', '://', ':/', ':', '//'];
const hosts = [
  ...['ldap.example.com', 'gc.example.com', 'dc1.corp.example', 'h', 'H', '10.0.0.5', 'ä.example', 'LDAP_1'],
  ...['[fd00::1]', '[::1]', '[::ffff:10.0.0.1]', '[fe80::1%eth0]', '[fe80::1%25eth0]', '[fe80::%41b%zz]', '[x%00y]'],
  ...[
    '',
    '',
    '[',
    ']',
    '[]',
    '[::1',
    '::1',
    'fd00::1',
    '[::1]x',
    '[a]b]',
    'a]',
    'a b',
    ' h',
    'h%20i',
    'h%',
    'h%4',
    '%zz',
  ],
  ...['h%00i', '%00', '%C3%A4', '%FF', 'a,b', 'h1 h2', 'user@h', "h'", 'h"q', '%5B::1%5D', '[%5D]', 'a%2Fb', 'h%3A1'],
];
const ports = [
  ...['', '', '', '', '', ':389', ':636', ':3268', ':3269', ':1389'],
  ...[
    ':',
    ':0',
    ':00',
    ':-1',
    ':+389',
    ': 389',
    ':389 ',
    ':38 9',
    ':389x',
    ':x',
    ':%33',
    ':%33%38',
    ':%zz',
    ':%00',
    ':38%009',
  ],
  ...[
    ':65535',
    ':65536',
    ':99999',
    ':2147483648',
    ':4294967296',
    ':4294967685',
    ':9223372036854775808',
    ':99999999999999999999',
    ':-99999999999999999999',
  ],
  ...[':0x185', ':1e3', ':389:636', '::389', ':\t389', ':٣'],
];
const baseDns = [
  ...[
    'dc=example,dc=com',
    'dc=a,dc=b',
    'ou=people,dc=example,dc=com',
    'o=A B',
    'dc=ä',
    'dc=%C3%A4',
    'cn=O%27Neil%2C%20J%2Cdc=b',
  ],
  ...[
    '',
    '',
    '',
    ' ',
    '/',
    'a/b',
    'dc=%zz',
    'dc=%4',
    '%',
    'dc=%00a',
    '%00',
    'dc=%E2%82%AC',
    'dc=%E2%82',
    'dc=%FF',
    'dc=%F0%9F%98%80',
    '%ED%A0%80',
  ],
  ...['cn="x"', 'dc=a#b', 'dc=<x>', 'dc=a\\,b', 'dc=a+dc=b', '%3F', '日本'],
];
const attributes = [
  ...['uid', 'uid', 'sAMAccountName', 'cn', 'mail', 'userPrincipalName', 'uid,cn', 'cn,sn,uid'],
  ...[
    '',
    '',
    '',
    '*',
    '+',
    '1.1',
    'u%69d',
    ' uid',
    'uid ',
    'a b',
    ',uid',
    'uid,',
    ',,uid,,cn',
    'uid%2Ccn',
    '%2Cuid',
    'ä',
    '%C3%A4,b',
    '%FF,b',
    '%E2,b',
  ],
  ...[',', ',,', '%2C', '%zz', '%00', 'uid%00,cn', 'uid%', '%00uid'],
];
const scopes = [
  ...['sub', 'sub', 'sub', 'one', 'base', 'subtree', 'onelevel', 'children', 'subordinate', 'subord'],
  ...[
    '',
    '',
    'SUB',
    'Base',
    ' sub',
    'sub ',
    'x',
    'SUBORD',
    's%75b',
    '%zz',
    '%00',
    'sub%00x',
    'subordinates',
    'ſub',
    'b%C3%A4se',
    '2',
    'default',
  ],
];
const filters = [
  ...[
    '(objectClass=*)',
    '(uid=$username)',
    '(&(objectClass=person)(uid=$username))',
    '(|(uid=$username)(mail=$username))',
  ],
  ...[
    '',
    '',
    '',
    'a=b',
    '(a=%3F)',
    '(a=ä)',
    '(a=%C3%A4)',
    '%zz',
    '%',
    '%00',
    'x%00y',
    ' ',
    '(a=b/c)',
    '(cn=O"N)',
    '(a=%FF)',
    '%28a=b%29',
    '(memberOf=cn=db,dc=x)',
  ],
];
const extensions = [
  'bindname=cn=x',
  '!bindname=cn=x',
  'x',
  'x,y',
  '',
  ',',
  ',,',
  '%zz',
  '%2C',
  '!',
  'StartTLS',
  'x?',
  '?',
  'x?y',
  'e=%3F',
  ' ',
];
const characters = [
  '%',
  '?',
  '/',
  '[',
  ']',
  ':',
  ',',
  '<',
  '>',
  ' ',
  'ä',
  '%2',
  '%00',
  '%2F',
  '%3F',
  '"',
  '#',
  '\\',
  '€',
  '@',
  '0',
  '\t',
  '=',
  '%25',
  '+',
];

function url(chance: Chance): string {
  const parts = [baseDns, attributes, scopes, filters, extensions].slice(0, chance.below(6));
  const tail = parts.map((some) => chance.one(some)).join('?');
  const path = parts.length === 0 ? chance.one(['', '/']) : `${chance.rarely(10) ? '?' : '/'}${tail}`;
  let made = `${chance.one(schemes)}${chance.one(separators)}${chance.one(hosts)}${chance.one(ports)}${path}`;
  if (chance.rarely(12)) made = `${chance.one(['URL:', 'url:', 'Url:', 'URL: ', 'URL'])}${made}`;
  if (chance.rarely(12)) made = `<${made}${chance.one(['>', '>', '>', '', '> ', '>>'])}`;
  while (chance.rarely(6)) {
    const at = chance.below(made.length + 1);
    made = made.slice(0, at) + chance.one(characters) + made.slice(at + chance.below(2));
  }
  return made;
}

const others = [
  ...[
    'ldapserver=s',
    'ldapserver="s1 s2"',
    'ldapport=1',
    'ldapport=636',
    'ldapscheme=ldap',
    'ldapscheme=ldaps',
    'ldapscheme=x',
  ],
  ...[
    'ldaptls=1',
    'ldaptls=0',
    'ldapbasedn=x',
    'ldapbasedn=',
    'ldapsearchattribute=z',
    'ldapsearchfilter="(a=$username)"',
  ],
  ...[
    'ldapbinddn=cn=r',
    'ldapbindpasswd=p',
    'ldapprefix=p',
    'ldapsuffix=s',
    'ldapprefix=',
    'map=m',
    'ldapport=0',
    'ldapscope=2',
  ],
];

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;

/** One ldap rule, usually with a URL, with other options before and after it. */
export function ldapRule(chance: Chance): string {
  const some = () => (chance.rarely(3) ? chance.many(1, 2, () => chance.one(others)) : []);
  const urls = chance.many(1, chance.rarely(15) ? 2 : 1, () => quoted(`ldapurl=${url(chance)}`));
  return ['host all all 10.0.0.0/8 ldap', ...some(), ...urls, ...some()].join(' ');
}
