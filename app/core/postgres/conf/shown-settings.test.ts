import { expect, it } from 'vitest';
import { readShownSettings } from './shown-settings.ts';

const ALL = `                  name                  |   setting    |      description
----------------------------------------+--------------+-----------------------
 listen_addresses                       | *            | Sets the host name or IP address(es) to listen to.
 log_line_prefix                        | %m [%p] %q%u|%d | Controls information prefixed to each log line.
 search_path                            | "$user", public | Sets the schema search order.
 server_version                         | 16.4 (Debian 16.4-1.pgdg120+1) | Shows the server version.
 data_checksums                         | off          | Shows whether data checksums are turned on.
 bonjour_name                           |              | Sets the Bonjour service name.
 application_name                       | it's psql    | Sets the application name.
(7 rows)
`;

it('reads SHOW ALL as psql prints it', () =>
  expect(readShownSettings(ALL)).toEqual({
    major: 16,
    conf: [
      "listen_addresses = '*'",
      "log_line_prefix = '%m [%p] %q%u|%d'",
      `search_path = '"$user", public'`,
      "bonjour_name = ''",
      "application_name = 'it''s psql'",
      '',
    ].join('\n'),
  }));

it('reads a query of two columns, and unaligned output', () => {
  expect(readShownSettings(' name | setting \n------+---------\n port | 5433\n(1 row)\n')).toEqual({
    major: null,
    conf: "port = '5433'\n",
  });
  expect(readShownSettings('name|setting|description\nssl|on|Enables SSL connections.\n')).toEqual({
    major: null,
    conf: "ssl = 'on'\n",
  });
});

it('keeps a | in a value, drops a value of several lines, and takes no directive and no name of a build', () => {
  const rows = [
    ' name | setting | description ',
    ' archive_command | cp %p | gzip >%f | Command. ',
    ' include | /etc/passwd | Odd. ',
    ' primary_conninfo | host=a          +| Connection. ',
    '                  | port=5433        |  ',
    ' server_version | 9.6.24 | Version. ',
    ' block_size | 8192 | Size. ',
  ];
  expect(readShownSettings(rows.join('\n'))).toEqual({
    major: 9,
    conf: "archive_command = 'cp %p | gzip >%f'\n",
  });
});

it('leaves out the clock that 19 shows beside auto', () => {
  const conf = (value: string) => readShownSettings(`name|setting\ntiming_clock_source|${value}\n`)?.conf;
  expect(conf('auto (tsc)')).toBe("timing_clock_source = 'auto'\n");
  expect(conf('system')).toBe("timing_clock_source = 'system'\n");
});

it('reads nothing else', () => {
  for (const text of ['', 'name | setting\n', 'host all all all md5', 'port = 5432\n', ' Role name | Attributes \n'])
    expect(readShownSettings(text)).toBeUndefined();
});
