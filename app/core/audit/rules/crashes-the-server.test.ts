import { testRule } from '../../testing/rule-table.ts';

const url = (attributes: string) => `host all all all ldap ldapurl="ldap://h/dc=a?${attributes}?sub"`;
const self = { hba: 'local all @self peer', files: { self: '@self\n' } };

testRule('crashes-the-server', 'pg_hba.conf', {
  valid: [url('uid'), url(''), 'host all all all md6', 'hostssl all all all md5 clientname=x', { ...self, major: 16 }],
  invalid: [
    ...[11, 15, 18].map((major) => ({
      given: { hba: `local all all peer\n${url(',')}\n`, major },
      lines: [2],
      messages: [`PostgreSQL ${major} crashes on this line: LDAP URL "ldap://h/dc=a?,?sub" has a list of attributes`],
      fixed: null,
    })),
    { given: `host\n${url(',')}`, lines: [2], fixed: null },
    { given: { ...self, major: 15 }, lines: [1], messages: ['includes itself.'], fixed: null },
    {
      given: { hba: 'local all all peer\ninclude a.conf\n', files: { 'a.conf': `\n\n${url(',')}` } },
      lines: [3],
      included: ['a.conf'],
      messages: ['PostgreSQL 18 crashes'],
      fixed: null,
    },
  ],
});
