import { testRule } from '../../testing/rule-table.ts';

const ldap = (options: string) => `host all all 10.0.0.0/8 ldap ${options}`;
const found = (given: string, address: string) => ({
  given,
  lines: [1],
  messages: [`PostgreSQL can't connect to the LDAP server ${address}, because its address`],
  fixed: null,
});

testRule('ldap-server-without-brackets', 'pg_hba.conf', {
  valid: [
    ldap('ldapserver=[2001:db8::1] ldapbasedn=o'),
    ldap('ldapserver=ldap.example.com ldapbasedn=o'),
    ldap('ldapserver=192.0.2.1 ldapbasedn=o'),
    ldap('ldapserver="192.0.2.1 [::1]" ldapbasedn=o'),
    ldap('ldapbasedn=o'),
    ldap('ldapserver=h ldapbasedn=::1'),
    ldap('ldapserver=h ldapprefix=::1'),
    'host all all 10.0.0.0/8 pam pamservice=::1',
    ldap('ldapurl="ldap://ldap.example.com/o"'),
  ],
  invalid: [
    found(ldap('ldapserver=2001:db8::1 ldapbasedn=o'), '2001:db8::1'),
    found(ldap('ldapprefix=a ldapserver=::1'), '::1'),
    found(ldap('ldapserver="a ::1" ldapbasedn=o'), '::1'),
    found(ldap('ldapserver="192.0.2.1 ::1 ::2" ldapbasedn=o'), '::1'),
    found('hostssl all all all ldap clientcert=verify-full ldapserver=::1 ldapbasedn=o', '::1'),
    // PostgreSQL removes the brackets.
    found(ldap('ldapurl="ldaps://[2001:db8::1]/o"'), '2001:db8::1'),
    {
      given: `${ldap('ldapserver=h ldapbasedn=o')}\n${ldap('ldapserver=::1 ldapbasedn=o')}\n`,
      lines: [2],
      fixed: null,
    },
  ],
});
