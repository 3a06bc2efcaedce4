import { testRule } from '../../testing/rule-table.ts';

testRule('ident-over-tcp', 'pg_hba.conf', {
  valid: [
    // For the socket PostgreSQL reads it as peer.
    'local all all ident',
    'local all all peer',
    'host all ident 10.0.0.0/8 md5',
    '# host all all 10.0.0.0/8 ident',
  ],
  invalid: [
    ...['host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'].map((type) => ({
      given: `${type} all all 10.0.0.0/8 ident`,
      lines: [1],
      messages: ['Any host in 10.0.0.0/8 can claim'],
      fixed: `${type} all all 10.0.0.0/8 scram-sha-256`,
    })),
    {
      given: 'local all all ident\nhost a ident samenet "ident" # why\n',
      lines: [2],
      messages: ['in samenet can'],
      fixed: 'local all all ident\nhost a ident samenet scram-sha-256 # why\n',
    },
    {
      given: 'host all all 10.0.0.0/8 ident map=x # why\n',
      lines: [1],
      fixed: 'host all all 10.0.0.0/8 scram-sha-256  # why\n',
    },
    { given: 'host all all all \\\nident', lines: [1], fixed: null },
  ],
});
