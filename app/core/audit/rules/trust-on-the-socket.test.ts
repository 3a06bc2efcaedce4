import { testRule } from '../../testing/rule-table.ts';

testRule('trust-on-the-socket', 'pg_hba.conf', {
  valid: [
    'local all all peer',
    'local all all scram-sha-256',
    'host all all 10.0.0.0/8 trust',
    '# local all all trust',
    // Nobody gets to the second one.
    'local all all reject\nlocal all all trust',
  ],
  invalid: [
    {
      given: 'local all all trust\n',
      lines: [1],
      messages: [/^Every account on the server can connect through this rule without a password\. In a container, /],
      fixed: 'local all all peer\n',
    },
    {
      given: 'local all postgres peer\nlocal   app   app   trust # why\n',
      lines: [2],
      fixed: 'local all postgres peer\nlocal   app   app   peer # why\n',
    },
    { given: 'local all all \\\ntrust\n', lines: [1], fixed: null },
  ],
});
