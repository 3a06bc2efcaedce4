import { testRule } from '../../testing/rule-table.ts';

const options = 'radiusservers=192.0.2.9 radiussecrets=x';

testRule('radius-removed', 'pg_hba.conf', {
  valid: [
    'hostssl all radius 10.0.0.0/8 pam',
    // 19 rejects the rule itself.
    { hba: `hostssl all all 10.0.0.0/8 radius ${options}`, major: 19 },
  ],
  invalid: [
    {
      given: `local all all peer\nhostssl all all 10.0.0.0/8 radius ${options}\nhostssl all all ::1/128 radius ${options}`,
      lines: [2, 3],
      fixed: null,
      messages: ['before you upgrade to PostgreSQL 19', 'before you upgrade to PostgreSQL 19'],
    },
  ],
});
