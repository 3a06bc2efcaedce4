import { testRule } from '../../testing/rule-table.ts';

const hostssl = 'hostssl all all 10.0.0.0/24 scram-sha-256';
const others = [
  'local all all peer',
  ...['host', 'hostnossl', 'hostgssenc', 'hostnogssenc'].map((type) => `${type} all all all md5`),
].join('\n');

const one = (start: string) =>
  `${start}, so no connection matches the hostssl rule in pg_hba.conf, the first at line 1.`;

testRule('ssl-off-with-hostssl', 'postgresql.conf', {
  valid: [
    'ssl = off',
    '',
    { conf: 'ssl = off', hba: '' },
    { conf: 'ssl = off', hba: others },
    { conf: '', hba: others },
    ...['on', 'true', 'yes', '1'].map((value) => ({ conf: `ssl = ${value}`, hba: hostssl })),
    { conf: 'ssl = off\nssl = on', hba: hostssl },
    // The missing file may turn it on.
    { conf: "include 'more.conf'", hba: hostssl },
    // Rejected by the server, which another rule reports.
    { conf: "ssl = ''", hba: hostssl },
  ],
  invalid: [
    ...['off', 'false', 'no', '0', 'OFF'].map((value) => ({
      given: { conf: `ssl = ${value}`, hba: hostssl },
      lines: [1],
      messages: [one('ssl is off')],
      fixed: 'ssl = on',
    })),
    {
      given: { conf: '#ssl = on', hba: hostssl },
      lines: [undefined],
      messages: [one('ssl is off, its default')],
      fixed: null,
    },
    {
      given: { conf: "port = 5432\nSSL\t'off' # for now\n", hba: `${others}\n${hostssl}\n${others}\n${hostssl}` },
      lines: [2],
      messages: [/^ssl is off, so no connection matches the 2 hostssl rules in pg_hba\.conf, the first at line 6\.$/],
      fixed: 'port = 5432\nSSL\ton # for now\n',
    },
    // A missing file does not change what the main file sets.
    {
      given: { conf: "include 'more.conf'\nssl = off", hba: hostssl },
      lines: [2],
      fixed: "include 'more.conf'\nssl = on",
    },
  ],
});
