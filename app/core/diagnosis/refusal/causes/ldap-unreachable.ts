import type { Cause } from '../cause.ts';

export const ldapUnreachable: Cause = {
  id: 'ldap-unreachable',
  layer: 'method',
  title: "PostgreSQL can't establish a connection to the LDAP server",
  explanation:
    "The connection from the database server to the LDAP server failed. With ldaps or ldaptls this includes a certificate that the database server doesn't trust: the TLS messages in this log line are about the LDAP server, not about the client.",
  fix: "Check name, port and firewall between the two servers. With TLS, name the CA of the LDAP server in TLS_CACERT of the database server's ldap.conf (Debian: /etc/ldap/ldap.conf, RHEL: /etc/openldap/ldap.conf), and use the name in its certificate as ldapserver.",
  check:
    'ldapsearch -x -H ldaps://NAME -s base -b "" connects on the database server, as the account that runs PostgreSQL.',
  otherwise: 'If the LDAP server answers and rejects the user, the log says `Invalid credentials`.',
  couldBe: [],
  wordings: ["Can't contact LDAP server", 'could not start LDAP TLS session: …', 'could not initialize LDAP: …'],
  examples: [
    'LOG:  LDAP login failed for user "uid=app,dc=example,dc=com" on server "ldap.example.com": Can\'t contact LDAP server',
    'LOG:  could not start LDAP TLS session: Connect error',
  ],
  references: [
    { title: 'PostgreSQL manual, LDAP Authentication', url: 'https://www.postgresql.org/docs/current/auth-ldap.html' },
  ],
};
