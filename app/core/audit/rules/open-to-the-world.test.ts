import { testRule } from '../../testing/rule-table.ts';

const open = (address: string, message: string, rest = 'scram-sha-256') => ({
  given: `hostssl all all ${address} ${rest}`,
  lines: [1],
  messages: [message],
  fixed: null,
});

testRule('open-to-the-world', 'pg_hba.conf', {
  valid: [
    'local all all trust',
    ...['0.0.0.0/1', '128.0.0.0/1', '::/1', 'samehost', 'samenet', '.example.com', '0.0.0.0 0.0.0.1', '"all"'].map(
      (address) => `hostssl all all ${address} scram-sha-256`,
    ),
    ...['all', '0.0.0.0/0', '::/0'].map((address) => `hostssl all all ${address} reject`),
    // No connection reaches the second record.
    'host all,replication all all reject\nhostssl all all 0.0.0.0/0 scram-sha-256',
    // Without TLS no connection matches.
    { hba: 'hostssl all all 0.0.0.0/0 scram-sha-256', conf: 'ssl = off' },
  ],
  invalid: [
    open('0.0.0.0/0', 'This rule matches every IPv4 address.'),
    open('0.0.0.0 0.0.0.0', 'This rule matches every IPv4 address.', 'trust'),
    open('10.0.0.0/0', 'This rule matches every IPv4 address.'),
    open('::/0', 'This rule matches every IPv6 address.'),
    open('all', 'This rule matches every address.', 'cert'),
    // Whether a regular expression leaves anybody over is not known.
    {
      given: 'host all /^a(b|c)+$ all reject\nhost all /^a[bc]+$ 0.0.0.0/0 md5\n',
      lines: [2],
      fixed: null,
    },
    {
      given: 'host all a 0.0.0.0/0 reject\nhost all b 0.0.0.0/0 md5\nhost all b all md5\n',
      lines: [2, 3],
      messages: ['every IPv4 address', 'every address'],
      fixed: null,
    },
  ],
});
