import { testRule } from '../../testing/rule-table.ts';

const record = (address: string) => `host all all ${address} md5`;

const read = (written: string, as: string, rest = '/32') => ({
  given: record(`${written}${rest}`),
  lines: [1],
  messages: [`PostgreSQL reads ${written} as ${as}.`],
  fixed: null,
});

testRule('octal-octet', 'pg_hba.conf', {
  valid: [
    ...['10.0.0.1/32', '0.0.0.0/0', '10.20.30.0/24', '"10.0.0.0"/8', 'all', 'samenet'].map(record),
    // Not read as octal: a prefix length, a name, an IPv6 address, another field.
    ...['10.0.0.0/08', '08.example.com', '010.0.0.256', '2001:0db8::/32', '::10/128', '0001::/16'].map(record),
    'host 010.0.0.1 020 10.0.0.1/32 md5',
    'host 0 10.1 10.0.0.1/32 md5',
    'local 010.0.0.1 all md5',
    // An address in a comment does not matter.
    'host all all 10.0.0.1/32 md5 # 010.0.0.1',
    { hba: '# 1\ninclude more.conf', files: { 'more.conf': `# 1\n${record('010.0.0.1/32')}` } },
    // The included record has the same line number as a suspect one.
    { hba: `include more.conf\n${record('10.0.0.1/32')} # 010`, files: { 'more.conf': `\n${record('010.0.0.1/32')}` } },
    // A record over two physical lines is not analyzed.
    'host all all \\\n010.0.0.1/32 md5',
  ],
  invalid: [
    read('010.0.0.1', '8.0.0.1'),
    read('10.010.0.1', '10.8.0.1'),
    read('10.0.010.1', '10.0.8.1'),
    read('10.0.0.010', '10.0.0.8'),
    read('00.0.0.1', '0.0.0.1'),
    read('01.0.0.1', '1.0.0.1'),
    read('10.0.0.07', '10.0.0.7'),
    read('0x0a.0.0.1', '10.0.0.1'),
    read('10.0.0.0XfF', '10.0.0.255'),
    read('0xa000001', '10.0.0.1'),
    read('10', '0.0.0.10', '/8'),
    read('10.1', '10.0.0.1', '/16'),
    read('10.20.257', '10.20.1.1', '/16'),
    read('3232235777', '192.168.1.1'),
    read('010.0.0.1', '8.0.0.1', ' 255.255.255.255'),
    read('10.1', '10.0.0.1', ' 255.255.0.0'),
    { given: record('"010.0.0.1/32"'), lines: [1], messages: ['reads 010.0.0.1 as 8.0.0.1.'], fixed: null },
    { given: record('"10"/8'), lines: [1], messages: ['reads 10 as 0.0.0.10.'], fixed: null },
    { given: record(',010.0.0.1/32'), lines: [1], messages: ['reads 010.0.0.1 as 8.0.0.1.'], fixed: null },
    { given: record(',10/32'), lines: [1], messages: ['reads 10 as 0.0.0.10.'], fixed: null },
    {
      given: `host a b 10.0.0.1/32 md5\nhost\ta\tb\t010.0.0.1/32\treject\nhost\ta\tb\t10.1\t255.0.0.0\treject\n`,
      lines: [2, 3],
      fixed: null,
    },
  ],
});
