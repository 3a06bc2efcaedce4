import { testRule } from '../../testing/rule-table.ts';

const all = 'host all all 10.0.0.0/8 md5';

testRule('dead-record', 'pg_hba.conf', {
  valid: [
    `host orders app 10.1.0.0/16 md5\n${all}`,
    `${all}\nhost all all 11.0.0.0/8 md5`,
    `${all}\nlocal all all md5`,
    // Another rule reports records with a different outcome, and nobody matches an empty name.
    `${all}\nhost all all 10.1.0.0/16 trust`,
    `${all}\nhost all "" 10.1.0.0/16 md5`,
  ],
  invalid: [
    {
      given: `${all}\nhost orders app 10.1.0.0/16 md5\n# end\n`,
      lines: [2],
      messages: [/^Line 1 matches every connection that this rule matches, with the same result\.$/],
      fixed: `${all}\n# end\n`,
    },
    // The rule for every address is the one to restrict.
    ...['0.0.0.0/0', 'all', '0.0.0.0 0.0.0.0'].map((address) => ({
      given: `host all all ${address} md5\nhost orders app 10.1.0.0/16 md5\n`,
      lines: [2],
      messages: [/with the same result\. Line 1 matches every address: restrict it, and this rule takes effect\.$/],
      fixed: null,
    })),
    {
      given: 'host all all 0.0.0.0/0 md5\nhost orders app 0.0.0.0/0 md5\n',
      lines: [2],
      messages: [/with the same result\.$/],
      fixed: 'host all all 0.0.0.0/0 md5\n',
    },
    {
      given: 'host all all 10.0.0.0/9 md5\nhost all all 10.128.0.0/9 md5\nhost all all 10.0.0.0/8 md5',
      lines: [3],
      messages: [/^Line 1 and line 2 together match every connection that this rule matches, with the same result\.$/],
      fixed: 'host all all 10.0.0.0/9 md5\nhost all all 10.128.0.0/9 md5\n',
    },
    {
      given: {
        hba: `include a.conf\n${all}\nlocal all all peer\n`,
        files: { 'a.conf': `# first\n${all}\n${all}\n` },
      },
      lines: [2, 3],
      included: [undefined, 'a.conf'],
      messages: ['Line 2 of a.conf matches', 'Line 2 of a.conf matches'],
      fixed: 'include a.conf\nlocal all all peer\n',
    },
  ],
});
