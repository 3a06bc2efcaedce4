import { describe, expect, test } from 'vitest';
import {
  checkAddress,
  checkCluster,
  checkDate,
  checkHostName,
  checkHostOrAddress,
  checkPath,
  checkPublicKey,
  checkRole,
  checkSource,
  checkSystemName,
} from './fields.ts';

describe('a source', () => {
  test.each([
    '10.0.0.0/8',
    '192.168.1.0/24',
    '203.0.113.7',
    '203.0.113.7/32',
    '0.0.0.0/0',
    '::/0',
    '2001:db8::/32',
    '2001:DB8::1',
    '0.0.0.0/32',
  ])('%s is accepted', (value) => expect(checkSource(value)).toBeUndefined());

  test.each([
    ['192.168.1./16', 'source.dots', '192.168.0.0/16'],
    ['192.168.1.', 'source.dots', '192.168.1.0/24'],
    ['10.0.0.0/33', 'source.length', undefined],
    ['2001:db8::/129', 'source.length', undefined],
    ['10.0.0.5/24', 'source.hostBits', '10.0.0.0/24'],
    ['2001:db8::5/64', 'source.hostBits', '2001:db8::/64'],
    ['203.0.113.5/0', 'source.zeroLength', '0.0.0.0/0'],
    ['010.0.0.1/8', 'source.leadingZero', '10.0.0.1/8'],
    ['10/8', 'source.missingParts', '10.0.0.0/8'],
    ['10.1/16', 'source.missingParts', '10.1.0.0/16'],
    ['::ffff:10.0.0.1', 'source.mapped', '10.0.0.1'],
    ['::ffff:10.0.0.0/104', 'source.mapped', '10.0.0.0/8'],
    ['fe80::1%eth0/64', 'source.zone', 'fe80::/64'],
    ['db.example.com', 'source.hostName', undefined],
    ['10.0.0.0/', 'source.lengthSyntax', undefined],
    ['10.0.0.0/255.0.0.0', 'source.lengthSyntax', undefined],
    ['10.0.0.0/8/8', 'source.syntax', undefined],
    ['256.1.1.1', 'source.syntax', undefined],
    ['', 'source.syntax', undefined],
    ['10.0.0.0/24\n', 'text.control', '10.0.0.0/24'],
    ['10.0.0.0/24\u200b', 'text.invisible', '10.0.0.0/24'],
    ['fe80::1%eth0', 'source.zone', 'fe80::1'],
    ['2001:db8::5%eth0/64', 'source.zone', '2001:db8::/64'],
    ['::ffff:10.0.0.1%eth0', 'source.mapped', '10.0.0.1'],
    ['10.0.0.1%eth0', 'source.zone', '10.0.0.1'],
  ])('%j is rejected as %s and offers %s', (value, id, fix) => {
    const found = checkSource(value);
    expect(found?.id).toBe(id);
    expect(found?.fix).toBe(fix);
    if (fix !== undefined && !id.startsWith('text.')) expect(found?.text).toContain(fix);
  });

  test('every offered network would be accepted', () => {
    for (const value of [
      '192.168.1./16',
      '10.0.0.5/24',
      '203.0.113.5/0',
      '10/8',
      '::ffff:10.0.0.1',
      'fe80::1%eth0/64',
      'fe80::1%eth0',
      '::ffff:10.0.0.1%1/120',
    ]) {
      expect(checkSource(checkSource(value)?.fix ?? 'no offer')).toBeUndefined();
    }
  });
});

describe('a role', () => {
  test.each([
    'app',
    'Mixed',
    'with space',
    'quo"te',
    "quo'te",
    '+plus',
    '/slash',
    'all',
    'replication',
    'größe',
    '-flag',
    '$(x)',
    '`x`',
    ';',
    '#',
    'back\\',
  ])('%s is accepted', (value) => expect(checkRole(value)).toBeUndefined());

  test.each([
    ['', 'text.empty'],
    ['line\nbreak', 'text.control'],
    ['nul\0', 'text.control'],
    ['tab\t', 'text.control'],
    ['\u2028', 'text.control'],
    ['right\u202eleft', 'text.invisible'],
    ['zero\u200bwidth', 'text.invisible'],
    ['half \ud800', 'text.surrogate'],
    [' leading', 'text.blankEnds'],
    ['trailing ', 'text.blankEnds'],
    ['x'.repeat(64), 'name.postgresLength'],
    ['ü'.repeat(32), 'name.postgresLength'],
    ['x'.repeat(100_000), 'text.length'],
    ['pg_monitor', 'name.reservedRole'],
    ['public', 'name.reservedRole'],
  ])('%j is rejected as %s', (value, id) => expect(checkRole(value)?.id).toBe(id));

  test('the rejection shows invisible characters', () => expect(checkRole('a\u202eb')?.text).toContain('U+202E'));
});

test.each([
  [checkAddress, '203.0.113.0/24', 'address.notNetwork'],
  [checkAddress, '0.0.0.0', 'address.notHost'],
  [checkAddress, '127.0.0.1', 'address.notHost'],
  [checkAddress, '::1', 'address.notHost'],
  [checkAddress, '224.0.0.1', 'address.notHost'],
  [checkAddress, 'x', 'address.syntax'],
  [checkAddress, '2001:db8::1%eth0', 'address.zone'],
  [checkAddress, '10.0.0.1%eth0', 'address.zone'],
  [checkAddress, 'fe80::1%eth0', 'address.linkLocal'],
  [checkAddress, 'fe80::1', 'address.linkLocal'],
  [checkAddress, 'febf::1', 'address.linkLocal'],
  [checkAddress, '::ffff:10.0.0.1%1', 'source.mapped'],
  [checkHostOrAddress, '2001:db8::1%eth0', 'address.zone'],
  [checkHostOrAddress, '10.0.0.1%eth0', 'address.zone'],
  [checkHostOrAddress, 'db\u200b.example.com', 'text.invisible'],
  [checkHostName, 'db.example.com%eth0', 'name.host'],
  [checkHostName, '10.0.0.300', 'name.number'],
  [checkHostName, 'https://x', 'name.host'],
  [checkHostName, '-x.com', 'name.host'],
  [checkHostName, 'x_y.com', 'name.host'],
  [checkDate, '2026-02-29', 'date.syntax'],
  [checkDate, '2026-13-01', 'date.syntax'],
  [checkPath('/srv/data'), 'relative', 'path.syntax'],
  [checkPath('/srv/data'), "/it's", 'path.character'],
  [checkPath('/srv/data'), '/$(x)', 'path.character'],
  [checkPublicKey, 'x', 'key.syntax'],
  [checkSystemName, 'a b', 'name.system'],
  ...['a-b', 'a/b', 'a b', '..', '', 'é', 'x'.repeat(64)].map(
    (value) => [checkCluster, value, value === '' ? 'text.empty' : 'name.cluster'] as const,
  ),
] as const)('%o rejects %j as %s', (check, value, id) => expect(check(value)?.id).toBe(id));

test.each([
  [checkAddress, '2001:db8::1'],
  [checkHostName, 'db.example.com'],
  [checkDate, '2028-02-29'],
  [checkPath('/srv/data'), '/srv/my data'],
  [checkPath('/srv/data'), 'C:\\Program Files\\PostgreSQL\\17\\data'],
  [checkCluster, 'main'],
  [checkCluster, '9_a.B'],
  [checkPublicKey, 'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw='],
] as const)('%o accepts %j', (check, value) => expect(check(value)).toBeUndefined());
