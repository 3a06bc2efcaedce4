import { testRule } from '../../testing/rule-table.ts';

const md5 = (type: string) => `${type} all all 10.0.0.0/8 md5`;

testRule('md5-method', 'pg_hba.conf', {
  valid: [
    'host all all 10.0.0.0/8 scram-sha-256',
    'host all all 10.0.0.0/8 password',
    'host md5 md5 10.0.0.0/8 reject',
    '# host all all 10.0.0.0/8 md5',
  ],
  invalid: [
    ...['host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'].map((type) => ({
      given: md5(type),
      lines: [1],
      fixed: `${type} all all 10.0.0.0/8 scram-sha-256`,
    })),
    { given: 'local all all md5', lines: [1], fixed: 'local all all scram-sha-256' },
    {
      given: { hba: md5('host'), major: 17 },
      lines: [1],
      messages: [/^This rule accepts MD5-hashed passwords\. .+ must set their password again/],
      fixed: 'host all all 10.0.0.0/8 scram-sha-256',
    },
    {
      given: { hba: md5('host'), major: 18 },
      lines: [1],
      messages: [/^MD5-hashed passwords are deprecated in PostgreSQL 18 .+ must set their password again/],
      fixed: 'host all all 10.0.0.0/8 scram-sha-256',
    },
    {
      given: 'local all all peer\nhost md5 md5 all md5 # why\nhost all all ::1/128 md5\n',
      lines: [2, 3],
      fixed: 'local all all peer\nhost md5 md5 all scram-sha-256 # why\nhost all all ::1/128 scram-sha-256\n',
    },
    { given: 'host all all all \\\nmd5', lines: [1], fixed: null },
  ],
});
