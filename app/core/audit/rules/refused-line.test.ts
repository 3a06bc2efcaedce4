import { testRule } from '../../testing/rule-table.ts';

testRule('refused-line', 'pg_hba.conf', {
  valid: [
    '',
    'local all all peer',
    // Another rule reports these.
    'host all all 10.0.0.1 md5',
    'host all all 10.0.0.0/8 ldap ldapurl="ldap://h/dc=a?,?sub"',
    { hba: 'local all @names peer', files: { names: '@names' }, major: 15 },
  ],
  invalid: [
    {
      given: 'local all all peer\nhost all all 10.0.0.0/8\nhosts all all 10.0.0.0/8 md5\n',
      lines: [2, 3],
      messages: [
        'PostgreSQL rejects this line: end-of-line before authentication method.',
        'PostgreSQL rejects this line: invalid connection type "hosts".',
      ],
      fixed: null,
    },
    {
      given: 'hostssl all all all md5 clientcert=1',
      lines: [1],
      messages: ['PostgreSQL rejects this line and reports the reason only in its log.'],
      fixed: null,
    },
    // Another message contains the text of the mask error.
    {
      given: 'local all all "invalid IP mask"',
      lines: [1],
      messages: ['PostgreSQL rejects this line: invalid authentication method "invalid IP mask".'],
      fixed: null,
    },
    {
      given: { hba: 'include more.conf', files: { 'more.conf': '\nnonsense' } },
      lines: [2],
      included: ['more.conf'],
      messages: [/^PostgreSQL rejects this line: .*\.$/],
      fixed: null,
    },
  ],
});
