import { numericAddress } from '../../postgres/hba/address.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const ldapServerWithoutBrackets: HbaRule = {
  id: 'ldap-server-without-brackets',
  severity: 'high',
  title: 'IPv6 address of the LDAP server without brackets',
  why: 'PostgreSQL accepts the line, builds a URL from the address and the port without brackets, and then can\'t parse it. Nobody can log in, and the log says "could not initialize LDAP: Bad parameter to an ldap routine". In ldapurl, PostgreSQL removes brackets that you wrote. Use the host name, or use ldapserver with the address in brackets.',
  wrong: 'hostssl all all 10.0.0.0/8 ldap ldapurl="ldaps://[2001:db8::1]/dc=example,dc=com?uid?sub"',
  right: 'hostssl all all 10.0.0.0/8 ldap ldapserver=[2001:db8::1] ldapscheme=ldaps ldapbasedn="dc=example,dc=com"',
  references: [
    {
      title: 'PostgreSQL manual, LDAP Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-ldap.html',
    },
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records) {
      const servers = placed.record.options.find((option) => option.startsWith('ldapserver='));
      const address = servers
        ?.slice('ldapserver='.length)
        .split(' ')
        .find((server) => numericAddress(server)?.family === 6);
      if (address !== undefined)
        yield atRecord(
          placed,
          `PostgreSQL can't connect to the LDAP server ${address}, because its address has no brackets.`,
        );
    }
  },
};
