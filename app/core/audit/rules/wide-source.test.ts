import { testRule } from '../../testing/rule-table.ts';

const record = (address: string, method = 'scram-sha-256') => `hostssl all all ${address} ${method}`;
const wide = (address: string, shown = address) => ({
  given: record(address),
  lines: [1],
  messages: [`${shown} contains more addresses than any single network usually has.`],
  fixed: null,
});

testRule('wide-source', 'pg_hba.conf', {
  valid: [
    'local all all peer',
    ...['10.0.0.0/8', '10.1.2.3/32', '2001::/16', '2001:db8::/32', 'all', 'samenet', '.example.com'].map((address) =>
      record(address),
    ),
    // Another rule speaks of every address.
    record('0.0.0.0/0'),
    record('::/0'),
    record('16.0.0.0/6', 'reject'),
    // A mask with holes.
    record('16.0.0.0 255.0.0.255'),
    // No connection gets as far as the second record.
    `${record('16.0.0.0/6', 'reject')}\n${record('16.0.0.0/7')}`,
  ],
  invalid: [
    wide('16.0.0.0/7'),
    wide('0.0.0.0/1'),
    wide('17.0.0.0 254.0.0.0', '16.0.0.0/7'),
    wide('2000::/15'),
    wide('::/1'),
    {
      given: `local all all peer\n${record('16.0.0.0/6', 'trust')}\n${record('2000::/3')}\n`,
      lines: [2, 3],
      fixed: null,
    },
    // Whether a regular expression leaves anybody over is not known.
    {
      given: 'host all /^a(b|c)+$ all reject\nhost all /^a[bc]+$ 16.0.0.0/6 md5',
      lines: [2],
      fixed: null,
    },
  ],
});
