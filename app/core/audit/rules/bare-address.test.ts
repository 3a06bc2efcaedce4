import { testRule } from '../../testing/rule-table.ts';

const masked = (word: string) => [`“${word}” as a netmask`];

testRule('bare-address', 'pg_hba.conf', {
  valid: [
    'host all all 10.0.0.1/32 md5',
    'host all all 10.0.0.1 255.255.255.255 md5',
    'host all all db.example.com md5',
    'host all all 10.0.0.1',
    'host all all 10.0.0.1/33 md5',
    '"invalid IP mask ""md5"": a" all all 10.0.0.0 md5',
    // `pg_hba_file_rules` has no error text for it.
    'hostssl all all all md5 clientname=x',
  ],
  invalid: [
    {
      given: 'host all all 10.0.0.1 md5',
      lines: [1],
      messages: ['“md5” as a netmask and rejects the whole file: invalid IP mask "md5": Name or service not known.'],
      fixed: 'host all all 10.0.0.1/32 md5',
    },
    {
      given: '\nhostssl\tall all  2001:db8::1\tcert  map=m # "x"\r\n',
      lines: [2],
      messages: masked('cert'),
      fixed: '\nhostssl\tall all  2001:db8::1/128\tcert  map=m # "x"\r\n',
    },
    { given: 'host all all "::1" trust', lines: [1], fixed: 'host all all "::1"/128 trust' },
    { given: 'host "a b",c all 10.1 "reject"', lines: [1], fixed: 'host "a b",c all 10.1/32 "reject"' },
    // With a prefix these would still be rejected.
    { given: 'host all all 10.0.0.1 255.255.255.x md5', lines: [1], messages: masked('255.255.255.x'), fixed: null },
    { given: 'host all all 10.0.0.1 MD5', lines: [1], messages: masked('MD5'), fixed: null },
    { given: 'host all all 10.0.0.1 ""', lines: [1], messages: masked(''), fixed: null },
    { given: 'host all \\\nall 10.0.0.1 md5', lines: [1], fixed: null },
    // The first field is empty, and the fourth non-empty one is not an address.
    {
      given: { hba: 'host @none all all 10.0.0.1 md5', files: { none: '' } },
      lines: [1],
      messages: masked('md5'),
      fixed: null,
    },
    { given: 'host all all 10.0.0.1 m\u2028d', lines: [1], messages: masked('m\u2028d'), fixed: null },
    { given: 'host all all 10.0.0.1 "m""d"', lines: [1], messages: masked('m"d'), fixed: null },
    { given: 'host\nhost all all 10.0.0.1 md5', lines: [2], fixed: 'host\nhost all all 10.0.0.1/32 md5' },
    {
      given: {
        hba: 'host all all 10.0.0.0 255.0.0.0 md5\ninclude a.conf\n',
        files: { 'a.conf': 'host all all 10.0.0.1 md5\n' },
      },
      lines: [1],
      included: ['a.conf'],
      messages: masked('md5'),
      fixed: null,
    },
  ],
});
