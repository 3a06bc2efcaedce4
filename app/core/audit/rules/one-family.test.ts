import { testRule } from '../../testing/rule-table.ts';

const record = (address: string, method = 'scram-sha-256') => `hostssl all all ${address} ${method}`;
const only4 = 'Every IPv4 address is allowed to attempt a login, but no rule covers IPv6 except on loopback.';
const only6 = 'Every IPv6 address is allowed to attempt a login, but no rule covers IPv4 except on loopback.';

testRule('one-family', 'pg_hba.conf', {
  valid: [
    // With TLS off, the rule matches nobody.
    { hba: 'local all postgres peer\nhostssl all all 0.0.0.0/0 scram-sha-256', conf: 'ssl = off\n' },
    record('0.0.0.0/1'),
    record('::/1'),
    record('all'),
    record('0.0.0.0/0', 'reject'),
    record('::/0', 'reject'),
    'local all all peer',
    ...['::/0', '2001:db8::/32', '::2/128', 'all'].map((other) => `${record('0.0.0.0/0')}\n${record(other)}`),
    ...['0.0.0.0/0', '10.0.0.0/8', '126.0.0.0/8', 'all'].map((other) => `${record('::/0')}\n${record(other)}`),
    // These may match clients of either family.
    ...['samenet', '.example.com', 'db.example.com'].map((other) => `${record('0.0.0.0/0')}\n${record(other)}`),
    `${record('::/0')}\n${record('samenet')}`,
    // So may a mask with holes.
    `${record('0.0.0.0/0')}\n${record('2001:db8::1 ffff::ffff')}`,
    // Nobody gets to a rule below one for every address.
    `${record('0.0.0.0/0', 'reject')}\n${record('0.0.0.0/0')}`,
    // The other family is rejected on purpose.
    `${record('::/0', 'reject')}\n${record('0.0.0.0/0')}`,
  ],
  invalid: [
    { given: record('0.0.0.0/0'), lines: [1], messages: [only4], fixed: null },
    { given: record('::/0'), lines: [1], messages: [only6], fixed: null },
    { given: record('0.0.0.0 0.0.0.0', 'trust'), lines: [1], messages: [only4], fixed: null },
    { given: `${record('::1/128')}\n${record('0.0.0.0/0')}`, lines: [2], messages: [only4], fixed: null },
    { given: `${record('127.0.0.1/32')}\n${record('::/0')}`, lines: [2], messages: [only6], fixed: null },
    { given: `${record('::/0')}\n${record('127.0.0.0/8')}`, lines: [1], messages: [only6], fixed: null },
    // Another record of the same family, and one of the server's own addresses, do not cover the other family.
    { given: `${record('0.0.0.0/0')}\n${record('10.0.0.0/8')}`, lines: [1], messages: [only4], fixed: null },
    { given: `${record('0.0.0.0/0')}\n${record('samehost')}`, lines: [1], messages: [only4], fixed: null },
    { given: `${record('0.0.0.0/0')}\n${record('10.0.0.1 255.0.0.255')}`, lines: [1], messages: [only4], fixed: null },
    {
      given: `local all all peer\n${record('10.0.0.0/8', 'reject')}\n${record('0.0.0.0/0')}\n${record('0.0.0.0/0')}`,
      lines: [3],
      messages: [only4],
      fixed: null,
    },
  ],
});
