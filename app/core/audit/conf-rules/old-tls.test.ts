import { testRule } from '../../testing/rule-table.ts';

const least = (value: string) => `ssl_min_protocol_version = ${value}`;
const most = (value: string) => `ssl_max_protocol_version = ${value}`;

testRule('old-tls', 'postgresql.conf', {
  valid: [
    '',
    ...["'TLSv1.2'", "'TLSv1.3'", "''", "'TLSv1.10'", "'TLSv11'", "'xTLSv1'", "'TLSv1x1'"].flatMap((value) => [
      least(value),
      most(value),
    ]),
    `${least('TLSv1')}\n${least("'TLSv1.2'")}`,
    // 11 knows neither setting, which another rule reports.
    { conf: least("'TLSv1.1'"), major: 11 },
  ],
  invalid: [
    ...['TLSv1', 'TLSv1.1', 'tlsv1', 'TLSV1.1'].flatMap((value) => [
      {
        given: least(`'${value}'`),
        lines: [1],
        messages: [`ssl_min_protocol_version is ${value}.`],
        fixed: least("'TLSv1.2'"),
      },
      {
        given: { conf: most(`'${value}'`), major: 12 },
        lines: [1],
        messages: [`ssl_max_protocol_version is ${value}.`],
        fixed: most("''"),
      },
    ]),
    {
      given: `${most('TLSv1.1')} # max\nport = 5432\n${least('TLSv1')} # min\n`,
      lines: [1, 3],
      fixed: `${most("''")} # max\nport = 5432\n${least("'TLSv1.2'")} # min\n`,
    },
  ],
});
