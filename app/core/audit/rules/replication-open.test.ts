import { testRule } from '../../testing/rule-table.ts';

const record = (address: string, databases = 'replication', method = 'md5') =>
  `host ${databases} all ${address} ${method}`;
const open = (address: string, shown = address) => ({
  given: record(address),
  lines: [1],
  messages: [`Replication, which reads all data, is open to ${shown}.`],
  fixed: null,
});

testRule('replication-open', 'pg_hba.conf', {
  valid: [
    'local replication all trust',
    ...['10.0.0.0/16', '10.0.0.5/32', '2001:db8::/32', '2001:db8::/64', '::1/128', 'samenet', 'db.example.com'].map(
      (address) => record(address),
    ),
    record('all', 'replication', 'reject'),
    // These match no physical replication connection.
    ...['all', '"replication"', 'replications', 'REPLICATION', 'sameuser'].map((databases) => record('all', databases)),
    // No connection reaches the second record.
    `${record('all', 'replication', 'reject')}\n${record('0.0.0.0/0')}`,
  ],
  invalid: [
    open('all'),
    open('0.0.0.0/0'),
    open('10.0.0.0/15'),
    open('10.0.0.0 255.0.0.0', '10.0.0.0/8'),
    open('::/0'),
    open('2001:db8::/31'),
    {
      given: `${record('10.0.0.1/32')}\n${record('10.0.0.0/8', 'app,replication', 'trust')}`,
      lines: [2],
      messages: ['10.0.0.0/8'],
      fixed: null,
    },
    // Whether a regular expression leaves out any name is not known.
    {
      given: 'host replication /^a(b|c)+$ all reject\nhost replication /^a[bc]+$ all md5',
      lines: [2],
      fixed: null,
    },
  ],
});
