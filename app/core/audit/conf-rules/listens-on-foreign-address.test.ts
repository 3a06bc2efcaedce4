import { testRule } from '../../testing/rule-table.ts';

const addresses = ['10.0.0.5', 'fe80::1%eth0', '2001:DB8::0:5', 'nonsense'];
const listens = (value: string) => ({ conf: `port = 5432\nlisten_addresses = '${value}'`, addresses });
const foreign = (address: string) =>
  `${address} is not an address of this host. The host has: 10.0.0.5, fe80::1%eth0, 2001:DB8::0:5, nonsense.`;

testRule('listens-on-foreign-address', 'postgresql.conf', {
  valid: [
    "listen_addresses = '10.0.0.9'",
    { conf: '', addresses },
    ...['', '*', '0.0.0.0', '::', '0', '::0', 'localhost', '127.0.0.1', '127.0.1.1', '::1'].map(listens),
    ...['10.0.0.5', '2001:db8::5', '2001:db8:0:0::5', 'fe80::1%eth0', '10.5'].map(listens),
    // The address of a name is not known from the files.
    ...['db.example.com', 'db9', '9.example.com'].map(listens),
    "listen_addresses = '10.0.0.9'",
  ],
  invalid: [
    ...['10.0.0.9', '2001:db8::6', '10.0.0.4', '0.0.0.1', '::2', '10.0.0.500'].map((address) => ({
      given: listens(address),
      lines: [2],
      messages: [foreign(address)],
      fixed: null,
    })),
    {
      given: listens('localhost, 10.0.0.9, 10.0.0.5, *, 10.0.0.8, a'),
      lines: [2, 2],
      messages: [foreign('10.0.0.9'), foreign('10.0.0.8')],
      fixed: null,
    },
    { given: { conf: "listen_addresses = '10.0.0.5'", addresses: [] }, lines: [1], fixed: null },
  ],
});
