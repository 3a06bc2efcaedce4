import type { Cause } from '../cause.ts';

export const ldapSearchAccountRejected: Cause = {
  id: 'ldap-search-account-rejected',
  layer: 'method',
  title: 'The LDAP server rejected the account of the search',
  explanation:
    'To find the user, PostgreSQL first logs in to the LDAP server with ldapbinddn and ldapbindpasswd, or anonymously without them. The LDAP server rejected that, so nobody whom this rule matches can log in.',
  fix: 'Correct ldapbinddn and ldapbindpasswd in the rule or in the file that it names, and reload. An LDAP server that rejects anonymous searches requires both.',
  check: 'ldapwhoami -x -D "the ldapbinddn" -W succeeds on the database server with the same password.',
  otherwise: "If the user's own password is wrong, the log says `LDAP login failed for user`.",
  couldBe: [],
  wordings: [
    'could not perform initial LDAP bind for ldapbinddn "…" on server "…": Invalid credentials',
    'could not perform initial LDAP bind for ldapbinddn "…" on server "…": Inappropriate authentication',
  ],
  examples: [
    'LOG:  could not perform initial LDAP bind for ldapbinddn "cn=reader,dc=example,dc=com" on server "ldap.example.com": Invalid credentials',
  ],
  references: [
    { title: 'PostgreSQL manual, LDAP Authentication', url: 'https://www.postgresql.org/docs/current/auth-ldap.html' },
  ],
};
