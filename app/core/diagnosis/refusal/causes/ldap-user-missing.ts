import type { Cause } from '../cause.ts';

export const ldapUserMissing: Cause = {
  id: 'ldap-user-missing',
  layer: 'method',
  title: 'The LDAP search did not find the user',
  explanation:
    'The search of the rule returned no entry for the name that the client sent. The log has the filter that PostgreSQL searched with.',
  fix: 'Compare ldapbasedn, and ldapsearchattribute or ldapsearchfilter, with an entry of the directory. The attribute must contain the name of the role.',
  check: 'ldapsearch with the filter of the log, as ldapbinddn, returns exactly one entry.',
  otherwise: 'If the search is not allowed at all, the log says `could not perform initial LDAP bind`.',
  couldBe: [],
  wordings: ['LDAP user "…" does not exist', 'LDAP search for filter "…" returned no entries'],
  examples: [
    'LOG:  LDAP user "app" does not exist',
    'DETAIL:  LDAP search for filter "(mail=app)" on server "ldap.example.com" returned no entries.',
  ],
  references: [
    { title: 'PostgreSQL manual, LDAP Authentication', url: 'https://www.postgresql.org/docs/current/auth-ldap.html' },
  ],
};
