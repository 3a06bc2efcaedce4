import { testRule } from '../../testing/rule-table.ts';

const everywhere = (value: string, wide: string) => ({
  given: `listen_addresses = '${value}'`,
  lines: [1],
  messages: [`${wide} means every address of the host. List only the addresses that clients use.`],
  fixed: null,
});

testRule('listens-everywhere', 'postgresql.conf', {
  valid: [
    '',
    "#listen_addresses = '*'",
    ...['', 'localhost', '10.0.0.5', '::1', '0.0.0.1', '::2', '*.example.com', 'all', '"0"0', '0"0"'].map(
      (value) => `listen_addresses = '${value}'`,
    ),
    "listen_addresses = '*'\nlisten_addresses = 'localhost'",
  ],
  invalid: [
    everywhere('*', '*'),
    everywhere('0.0.0.0', '0.0.0.0'),
    everywhere('::', '::'),
    // Other spellings of the two wildcards.
    everywhere('0', '0'),
    everywhere('::0', '::0'),
    everywhere('0:0:0:0:0:0:0:0', '0:0:0:0:0:0:0:0'),
    everywhere('localhost, ::,0.0.0.0', '::'),
    everywhere(' "*" ', '*'),
    {
      given: { conf: "\ninclude 'more.conf'", files: { 'more.conf': "\n\nlisten_addresses = '*'" } },
      lines: [3],
      included: ['more.conf'],
      fixed: null,
    },
  ],
});
