import { testRule } from '../../testing/rule-table.ts';

const record = (address: string) => `host all all ${address} md5`;
const zone = (written: string, found: string, address: string) => ({
  given: record(written),
  lines: [1],
  messages: [
    found === '%2'
      ? `PostgreSQL ignores %2 and compares only ${address}.`
      : `If the server’s host has an interface ${found.slice(1)}, PostgreSQL ignores it and compares only ${address}. Otherwise it rejects the whole file.`,
  ],
  fixed: record(address),
});

testRule('zone-in-address', 'pg_hba.conf', {
  valid: [
    'local "a%lo" all peer',
    record('fe80::/10'),
    // A percent sign elsewhere in the line is no zone.
    'host "a%lo" "%b" fe80::1/128 md5 # fe80::1%lo',
    'host all all fe80::1/128 ldap ldapserver=h ldapprefix="%lo"',
    'host all all 10.0.0.1/32 ldap ldapserver=%lo ldapprefix=a',
    // A name, which is no address at all.
    record('10.0.0.1%lo'),
    // An included file, and a record over two physical lines, are not taken apart.
    { hba: 'include more.conf # %lo', files: { 'more.conf': record('fe80::1%lo/128') } },
    'host all all \\\nfe80::1%lo/128 md5',
  ],
  invalid: [
    zone('fe80::1%lo/128', '%lo', 'fe80::1/128'),
    zone('fe80::%eth0/10', '%eth0', 'fe80::/10'),
    zone('2001:db8::%2/32', '%2', '2001:db8::/32'),
    zone('fe80::1%lo ffff::', '%lo', 'fe80::1 ffff::'),
    zone('fe80::1 fe80::%eth1', '%eth1', 'fe80::1 fe80::'),
    zone('fe80::1%lo fe80::%eth1', '%lo', 'fe80::1 fe80::'),
    {
      given: record('"fe80::1%lo/128"'),
      lines: [1],
      messages: ['If the server’s host has an interface lo,'],
      fixed: record('fe80::1/128'),
    },
    {
      given: 'local all all peer\nhost\ta  b fe80::1%lo/128\tldap ldapserver=h ldapprefix=%a # %x\n',
      lines: [2],
      messages: ['PostgreSQL ignores it and compares only fe80::1/128.'],
      fixed: 'local all all peer\nhost\ta  b fe80::1/128\tldap ldapserver=h ldapprefix=%a # %x\n',
    },
    // A record that takes a field from another file is left for the reader to edit.
    { given: { hba: 'host @names all fe80::1%lo/128 md5', files: { names: 'a' } }, lines: [1], fixed: null },
  ],
});
