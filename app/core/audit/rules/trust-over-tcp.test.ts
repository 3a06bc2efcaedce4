import { testRule } from '../../testing/rule-table.ts';

const scram = (type: string) => `${type} all all 10.0.0.0/8 scram-sha-256`;

testRule('trust-over-tcp', 'pg_hba.conf', {
  valid: [
    'local all all trust',
    'host all all 10.0.0.0/8 scram-sha-256',
    'host all trust 10.0.0.0/8 reject',
    '# host all all 10.0.0.0/8 trust',
  ],
  invalid: [
    ...['host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'].map((type) => ({
      given: `${type} all all 10.0.0.0/8 trust`,
      lines: [1],
      messages: ['lets every client'],
      fixed: scram(type),
    })),
    { given: 'host all all 127.0.0.1/32 trust', lines: [1], fixed: 'host all all 127.0.0.1/32 scram-sha-256' },
    {
      given: 'local all all trust\nhost a b samehost trust # why\nhost all all ::1/128 md5\n',
      lines: [2],
      fixed: 'local all all trust\nhost a b samehost scram-sha-256 # why\nhost all all ::1/128 md5\n',
    },
  ],
});
