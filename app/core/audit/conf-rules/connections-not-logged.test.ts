import { testRule } from '../../testing/rule-table.ts';

const value = (written: string, major: number) => ({ conf: `log_connections = ${written}`, major });
const off = (written: string, major: number, shown = written) => ({
  given: value(written, major),
  lines: [1],
  messages: [`log_connections is ${shown}.`],
  fixed: 'log_connections = on',
});

testRule('connections-not-logged', 'postgresql.conf', {
  valid: [
    ...['on', 'true', 'yes', '1', 'ON', "'on'"].flatMap((written) => [value(written, 17), value(written, 18)]),
    ...['receipt', 'authentication', 'authorization', 'all', "'receipt, setup_durations'"].map((one) => value(one, 18)),
    // Rejected by the server, which another rule reports: not off.
    value("''", 17),
    value('setup_durations', 17),
    value("'nonsense'", 17),
    // The last one counts.
    'log_connections = off\nlog_connections = on',
    // The missing file may set it.
    "work_mem = 4MB\ninclude 'more.conf'",
    { conf: "include 'more.conf'", files: { 'more.conf': 'log_connections = on' } },
  ],
  invalid: [
    ...['off', 'false', 'no', '0', 'Off'].flatMap((written) => [off(written, 17), off(written, 18), off(written, 11)]),
    off("''", 18, 'empty'),
    off("' '", 18, ' '),
    off('setup_durations', 18),
    off('SETUP_DURATIONS', 18),
    off("' setup_durations '", 18, ' setup_durations '),
    {
      given: 'work_mem = 4MB\n  LOG_connections\toff  # quiet\n',
      lines: [2],
      messages: ['log_connections is off.'],
      fixed: 'work_mem = 4MB\n  LOG_connections\ton  # quiet\n',
    },
    {
      given: '',
      lines: [undefined],
      messages: ['log_connections is not set, and its default is off.'],
      fixed: null,
    },
    {
      given: 'port = 5432\r\nlog_connections =\roff\r\n',
      lines: [2],
      fixed: 'port = 5432\r\nlog_connections =\ron\r\n',
    },
    // A line that the server rejects names no file.
    { given: "port = 5432 'could not open'", lines: [undefined], fixed: null },
    { given: '#log_connections = on', lines: [undefined], fixed: null },
    {
      given: { conf: "include 'more.conf'\nport = 5432", files: { 'more.conf': '\nlog_connections = off' } },
      lines: [2],
      included: ['more.conf'],
      fixed: null,
    },
  ],
});
