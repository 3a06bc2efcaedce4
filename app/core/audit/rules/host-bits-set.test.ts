import { testRule } from '../../testing/rule-table.ts';

const host = (address: string) => `host all all ${address} md5`;
const found = (address: string, message: string, fixed: string) => ({
  given: host(address),
  lines: [1],
  messages: [message],
  fixed: host(fixed),
});

testRule('host-bits-set', 'pg_hba.conf', {
  valid: [
    ...[
      '10.0.0.0/8',
      '10.0.0.1/32',
      '0.0.0.0/0',
      '::/0',
      '2001:db8::/32',
      '::1/128',
      'all',
      'samenet',
      'a.example.com',
    ],
    '10.0.0.0 255.0.0.0',
    // No prefix is equivalent.
    '10.1.0.1 255.0.255.0',
  ].map(host),
  invalid: [
    found('10.0.0.1/8', '10.0.0.1/8 matches all of 10.0.0.0/8.', '10.0.0.0/8'),
    found('10.0.0.1/31', '10.0.0.1/31 matches all of 10.0.0.0/31.', '10.0.0.0/31'),
    found('10.0.0.1 255.255.0.0', '10.0.0.1/16 matches all of 10.0.0.0/16.', '10.0.0.0/16'),
    found('2001:db8::1/64', '2001:db8::1/64 matches all of 2001:db8::/64.', '2001:db8::/64'),
    {
      given: 'local all all peer\nhost  a b 10.0.0.1/8\tmd5 # why\n',
      lines: [2],
      fixed: 'local all all peer\nhost  a b 10.0.0.0/8\tmd5 # why\n',
    },
    { given: 'host all all \\\n10.0.0.1/8 md5', lines: [1], fixed: null },
  ],
});
