import type { Cause } from '../cause.ts';

export const ldapPasswordRejected: Cause = {
  id: 'ldap-password-rejected',
  layer: 'method',
  title: 'The LDAP server rejected the password',
  explanation:
    "PostgreSQL reached the LDAP server and logged in as the user, and the LDAP server rejected the user's name or password. The log has the name that PostgreSQL used.",
  fix: "Check the password in the directory, then the DN in the log: with ldapprefix and ldapsuffix PostgreSQL builds it from the role's name, so both must be written exactly as in the directory, separators included.",
  check: 'ldapwhoami -x -D "the DN of the log" -W succeeds on the database server, and then the client connects.',
  otherwise:
    'If the account of the search is rejected, the log says `could not perform initial LDAP bind`; if the search finds nobody, `LDAP user "…" does not exist`.',
  couldBe: [],
  wordings: ['LDAP login failed for user "…" on server "…": Invalid credentials'],
  examples: [
    'LOG:  LDAP login failed for user "uid=app,dc=example,dc=com" on server "ldap.example.com": Invalid credentials',
  ],
  references: [
    { title: 'PostgreSQL manual, LDAP Authentication', url: 'https://www.postgresql.org/docs/current/auth-ldap.html' },
  ],
};
