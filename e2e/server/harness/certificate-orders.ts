import type { Order } from './issue.ts';

const ca = [
  'basicConstraints = critical, CA:TRUE',
  'keyUsage = critical, keyCertSign, cRLSign',
  'subjectKeyIdentifier = hash',
];
const server = ['basicConstraints = critical, CA:FALSE', 'keyUsage = critical, digitalSignature'];
const forServer = [...server, 'extendedKeyUsage = serverAuth'];
const named = (names: string) => [...forServer, `subjectAltName = ${names}`];
const good = named('DNS:db.example.com');

/** CAs, each before what it signs. */
export const authorities: readonly Order[] = [
  { name: 'root', subject: '/CN=Test root', by: 'root', extensions: ca },
  { name: 'other root', subject: '/CN=Other root', by: 'other root', extensions: ca },
  { name: 'rsa root', subject: '/CN=RSA root', by: 'rsa root', key: 'rsa', extensions: ca },
  { name: 'weak root', subject: '/CN=Weak root', by: 'weak root', key: 'rsa-1024', extensions: ca },
  { name: 'sha1 root', subject: '/CN=SHA-1 root', by: 'sha1 root', key: 'rsa', digest: 'sha1', extensions: ca },
  { name: 'p384 root', subject: '/CN=P-384 root', by: 'p384 root', key: 'p384', digest: 'sha384', extensions: ca },
  { name: 'old root', subject: '/CN=Old root', by: 'old root', from: -400, to: -5, extensions: ca },
  { name: 'usage root', subject: '/CN=Usage root', by: 'usage root', extensions: ['keyUsage = critical, keyCertSign'] },
  // The name of the root with another key, without identifiers that would distinguish them.
  { name: 'false root', subject: '/CN=Test root', by: 'false root', key: 'ec-other', extensions: ca.slice(0, 2) },
  {
    name: 'false rsa root',
    subject: '/CN=RSA root',
    by: 'false rsa root',
    key: 'rsa-other',
    extensions: ca.slice(0, 2),
  },
  {
    name: 'middle',
    subject: '/CN=Test intermediate',
    by: 'root',
    key: 'ec-other',
    extensions: [...ca.slice(1), 'basicConstraints = critical, CA:TRUE, pathlen:0'],
  },
  { name: 'lower', subject: '/CN=Test lower', by: 'middle', key: 'p384', extensions: ca },
  { name: 'no authority', subject: '/CN=No authority', by: 'root', key: 'ec-other', extensions: server },
  {
    name: 'no signing',
    subject: '/CN=No signing',
    by: 'root',
    key: 'ec-other',
    extensions: ['basicConstraints = critical, CA:TRUE', 'keyUsage = critical, cRLSign'],
  },
  {
    name: 'old middle',
    subject: '/CN=Old intermediate',
    by: 'root',
    key: 'ec-other',
    from: -400,
    to: -5,
    extensions: ca,
  },
  {
    name: 'client middle',
    subject: '/CN=Client intermediate',
    by: 'root',
    key: 'ec-other',
    extensions: [...ca, 'extendedKeyUsage = clientAuth'],
  },
];

export interface Case {
  readonly order: Order;
  /** Its names are decisive, so every host is tried. */
  readonly names?: boolean;
  /** Sent after the certificate itself. */
  readonly sent?: readonly string[];
  readonly roots?: readonly string[];
}

const plain = { subject: '/CN=unimportant', by: 'root' };
const leaf = (name: string, change: Partial<Order> = {}, rest: Omit<Case, 'order'> = {}): Case => ({
  order: { ...plain, name, extensions: good, ...change },
  ...rest,
});

const byName = (name: string, change: Partial<Order> = {}): Case => ({ ...leaf(name, change), names: true });

/** Certificates that a server may present: each with one decisive property. */
export const serverCases: readonly Case[] = [
  byName('a name'),
  byName('a name in capitals', { extensions: named('DNS:DB.Example.COM') }),
  byName('a wildcard', { extensions: named('DNS:*.example.com') }),
  byName('a wildcard too high', { extensions: named('DNS:*.com') }),
  byName('a wildcard in a label', { extensions: named('DNS:d*.example.com') }),
  byName('a wildcard in the middle', { extensions: named('DNS:db.*.com') }),
  byName('a star alone', { extensions: named('DNS:*') }),
  byName('two stars', { extensions: named('DNS:*.*.com') }),
  byName('an IPv4 address', { extensions: named('IP:127.0.0.1') }),
  byName('an IPv6 address', { extensions: named('IP:2001:db8::10') }),
  byName('name and addresses', { extensions: named('DNS:db.example.com,IP:127.0.0.1,IP:2001:db8::10') }),
  byName('other name and addresses', { extensions: named('DNS:other.example.com,IP:192.0.2.9,IP:2001:db8::99') }),
  byName('a common name', { subject: '/CN=db.example.com', extensions: forServer }),
  byName('a wildcard as common name', { subject: '/CN=*.example.com', extensions: forServer }),
  byName('an address as common name', { subject: '/CN=127.0.0.1', extensions: forServer }),
  byName('an IPv6 address as common name', { subject: '/CN=2001:db8::10', extensions: forServer }),
  byName('an address as common name in capitals', { subject: '/CN=2001:DB8::10', extensions: forServer }),
  byName('a common name beside another name', {
    subject: '/CN=db.example.com',
    extensions: named('DNS:other.example.com'),
  }),
  byName('an address as common name beside a name', {
    subject: '/CN=127.0.0.1',
    extensions: named('DNS:other.example.com'),
  }),
  byName('an address as common name beside another address', {
    subject: '/CN=127.0.0.1',
    extensions: named('IP:192.0.2.9'),
  }),
  byName('a common name beside an address', { subject: '/CN=db.example.com', extensions: named('IP:192.0.2.9') }),
  byName('a common name beside a mail address', {
    subject: '/CN=db.example.com',
    extensions: named('email:a@example.com'),
  }),
  byName('an address written as name', { extensions: named('DNS:127.0.0.1') }),
  byName('a wildcard over an address', { extensions: named('DNS:*.0.0.1') }),
  byName('no name at all', { subject: '/O=Example', extensions: forServer }),
  byName('a name and no common name', { subject: '/O=Example' }),
  byName('two common names', { subject: '/CN=first.example.com/CN=db.example.com', extensions: forServer }),
  byName('three other names', { extensions: named('DNS:a.example.com,DNS:b.example.com,DNS:c.example.com') }),
  byName('one other name', { subject: '/O=Example', extensions: named('DNS:a.example.com') }),
  leaf('expired', { from: -40, to: -1 }),
  leaf('not yet valid', { from: 2, to: 40 }),
  leaf('for clients only', {
    extensions: [...server, 'extendedKeyUsage = clientAuth', 'subjectAltName = DNS:db.example.com'],
  }),
  leaf('for any use', {
    extensions: [...server, 'extendedKeyUsage = anyExtendedKeyUsage', 'subjectAltName = DNS:db.example.com'],
  }),
  leaf('for both', {
    extensions: [...server, 'extendedKeyUsage = clientAuth, serverAuth', 'subjectAltName = DNS:db.example.com'],
  }),
  leaf('for code', {
    extensions: [...server, 'extendedKeyUsage = codeSigning', 'subjectAltName = DNS:db.example.com'],
  }),
  leaf('without purpose', { extensions: [...server, 'subjectAltName = DNS:db.example.com'] }),
  leaf('a key for signing certificates', {
    extensions: ['keyUsage = critical, keyCertSign', 'subjectAltName = DNS:db.example.com'],
  }),
  leaf('an authority itself', { extensions: [...ca.slice(0, 1), 'subjectAltName = DNS:db.example.com'] }),
  leaf('an unknown critical extension', { extensions: [...good, '1.2.3.4 = critical, DER:05:00'] }),
  leaf('through an intermediate', { by: 'middle' }, { sent: ['middle'] }),
  leaf('through an intermediate, with the root', { by: 'middle' }, { sent: ['middle', 'root'] }),
  leaf('through an intermediate, root first', { by: 'middle' }, { sent: ['root', 'middle'] }),
  leaf('without its intermediate', { by: 'middle' }),
  leaf('its intermediate among the roots', { by: 'middle' }, { roots: ['root', 'middle'] }),
  leaf('the intermediate as only root', { by: 'middle' }, { sent: ['middle'], roots: ['middle'] }),
  leaf('longer than the path may be', { by: 'lower' }, { sent: ['lower', 'middle'] }),
  leaf('another root', {}, { roots: ['other root'] }),
  leaf('several roots', {}, { roots: ['other root', 'root'] }),
  leaf('a root of the same name', {}, { roots: ['false root'] }),
  leaf('an RSA root of the same name', { by: 'rsa root' }, { roots: ['false rsa root'] }),
  leaf('an issuer that is no authority', { by: 'no authority' }, { sent: ['no authority'] }),
  leaf('an issuer that may not sign', { by: 'no signing' }, { sent: ['no signing'] }),
  leaf('an expired intermediate', { by: 'old middle' }, { sent: ['old middle'] }),
  leaf('an intermediate for clients', { by: 'client middle' }, { sent: ['client middle'] }),
  leaf('an expired root', { by: 'old root' }, { roots: ['old root'] }),
  leaf('a root with key usage alone', { by: 'usage root' }, { roots: ['usage root'] }),
  leaf(
    'signed by itself and trusted',
    { by: 'signed by itself and trusted' },
    { roots: ['signed by itself and trusted'] },
  ),
  leaf('signed by itself', { by: 'signed by itself' }),
  leaf('an RSA key', { key: 'rsa' }),
  leaf('an RSA key of 1024 bits', { key: 'rsa-1024' }),
  leaf('an RSA root', { by: 'rsa root', key: 'rsa' }, { roots: ['rsa root'] }),
  leaf('a root of 1024 bits', { by: 'weak root' }, { roots: ['weak root'] }),
  leaf('a SHA-1 signature', { by: 'rsa root', key: 'rsa', digest: 'sha1' }, { roots: ['rsa root'] }),
  leaf('a root with a SHA-1 signature', { by: 'sha1 root' }, { roots: ['sha1 root'] }),
  leaf(
    'an RSA-PSS signature',
    { by: 'rsa root', options: ['-sigopt', 'rsa_padding_mode:pss'] },
    { roots: ['rsa root'] },
  ),
  leaf('P-384', { by: 'p384 root', key: 'p384', digest: 'sha384' }, { roots: ['p384 root'] }),
  leaf('Ed25519', { key: 'ed25519' }),
  leaf('version 1', { subject: '/CN=db.example.com' }, {}),
];

const client = ['basicConstraints = critical, CA:FALSE', 'keyUsage = critical, digitalSignature'];
const forClient = [...client, 'extendedKeyUsage = clientAuth'];
const visitor = (name: string, change: Partial<Order> = {}, rest: Omit<Case, 'order'> = {}): Case =>
  leaf(name, { subject: '/CN=postgres', extensions: forClient, ...change }, rest);

/** Certificates that a client may present to a server that allows the role `postgres` with a certificate. */
export const clientCases: readonly Case[] = [
  visitor('client: right'),
  visitor('client: another role', { subject: '/CN=other' }),
  visitor('client: the role in capitals', { subject: '/CN=POSTGRES' }),
  visitor('client: no common name', { subject: '/O=postgres' }),
  visitor('client: the role as second common name', { subject: '/CN=other/CN=postgres' }),
  visitor('client: the role as alternative name', {
    subject: '/CN=other',
    extensions: [...forClient, 'subjectAltName = DNS:postgres'],
  }),
  visitor('client: for servers only', { extensions: [...client, 'extendedKeyUsage = serverAuth'] }),
  visitor('client: without purpose', { extensions: client }),
  visitor('client: for any use', { extensions: [...client, 'extendedKeyUsage = anyExtendedKeyUsage'] }),
  visitor('client: a key for encipherment', { key: 'rsa', extensions: ['keyUsage = critical, keyEncipherment'] }),
  visitor('client: expired', { from: -40, to: -1 }),
  visitor('client: not yet valid', { from: 2, to: 40 }),
  visitor('client: another root', {}, { roots: ['other root'] }),
  visitor('client: through an intermediate', { by: 'middle' }, { sent: ['middle'] }),
  visitor('client: without its intermediate', { by: 'middle' }),
  visitor('client: signed by itself', { by: 'client: signed by itself' }),
  visitor('client: an issuer that is no authority', { by: 'no authority' }, { sent: ['no authority'] }),
  visitor('client: a root of the same name', {}, { roots: ['false root'] }),
];
