import { crashReason } from '../../postgres/hba/crash.ts';
import type { HbaRule } from '../rule.ts';

export const crashesTheServer: HbaRule = {
  id: 'crashes-the-server',
  severity: 'high',
  title: 'PostgreSQL crashes when it reads the file',
  why: "A reload ends the whole server and every session, and the server doesn't start again until the line is fixed. Querying pg_hba_file_rules is not a safe test: it ends every session too. All versions crash on an LDAP URL with an attribute list that names no attribute; versions before 16 crash on a file that includes itself with @.",
  wrong: 'hostssl all all 10.0.0.0/8 ldap ldapurl="ldaps://ldap.example.com/dc=example,dc=com?,?sub"',
  right: 'hostssl all all 10.0.0.0/8 ldap ldapurl="ldaps://ldap.example.com/dc=example,dc=com?uid?sub"',
  references: [
    {
      title: 'PostgreSQL manual, LDAP Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-ldap.html',
    },
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    for (const { line, file, error } of hba.refused) {
      const reason = crashReason(error);
      if (reason === undefined) continue;
      yield {
        file: 'pg_hba.conf',
        line,
        ...(file === undefined ? {} : { included: file }),
        message: `PostgreSQL ${hba.major} crashes on this line: ${reason}.`,
      };
    }
  },
};
