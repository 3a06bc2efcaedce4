import { testRule } from '../../testing/rule-table.ts';

const host = (name: string) => `host all all ${name} md5`;
const found = (name: string, message: string, text = name) => ({
  given: host(text),
  lines: [1],
  messages: [message],
  fixed: null,
});
const asked = (name: string) => found(name, `only while reverse and forward DNS of ${name} agree`);
const nobody = (name: string, text = name) => found(name, `“${name}” as a host name`, text);

testRule('host-name', 'pg_hba.conf', {
  valid: ['all', 'samehost', 'samenet', '10.0.0.0/8', '::1/128'].map(host).concat('local all all peer'),
  invalid: [
    ...[
      'localhost',
      'a.example.com',
      '.example.com',
      'a.example.com.',
      'A-1.b_c.Z9',
      '1a',
      '9.9.9.9a',
      'a',
      'M_m-5.M_m-5z',
    ].map(asked),
    ...[
      '256.1.1.1',
      '10.0.0.0.1',
      '*.example.com',
      '%',
      'a..b',
      'a.b@c',
      'a:b.c',
      'a.example.com..',
      '..a',
      '.',
      'ä.example.com',
    ].map((name) => nobody(name)),
    nobody('', '""'),
    nobody('a b', '"a b"'),
    nobody('[::1]'),
    { given: `local all all peer\n${host('a')}\n`, lines: [2], fixed: null },
  ],
});
