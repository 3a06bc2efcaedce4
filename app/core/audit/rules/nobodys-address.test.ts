import { testRule } from '../../testing/rule-table.ts';

const nobody = (address: string, shown = address) => ({
  given: `host all all ${address} md5`,
  lines: [1],
  messages: [
    `${shown} is not the address of any client, so this rule matches nobody. To match everyone, the prefix length is /0.`,
  ],
  fixed: null,
});

testRule('nobodys-address', 'pg_hba.conf', {
  valid: [
    'local all all peer',
    ...['all', 'samehost', '0.0.0.0/0', '::/0', '0.0.0.0/31', '::/127', '::/32', '0.0.0.1/32', '::1/128'].map(
      (address) => `host all all ${address} md5`,
    ),
    // A mask with holes.
    'host all all 0.0.0.0 255.255.255.253 md5',
  ],
  invalid: [
    nobody('0.0.0.0/32'),
    nobody('::/128'),
    nobody('0.0.0.0 255.255.255.255', '0.0.0.0/32'),
    nobody('0/32', '0.0.0.0/32'),
    {
      given: 'local all all peer\nhost all all 0.0.0.0/32 reject\nhost all all ::/128 md5',
      lines: [2, 3],
      fixed: null,
    },
  ],
});
