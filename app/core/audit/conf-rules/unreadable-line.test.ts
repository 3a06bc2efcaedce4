import { testRule } from '../../testing/rule-table.ts';

testRule('unreadable-line', 'postgresql.conf', {
  valid: [
    '',
    "search_path = 'a, b'\nport 5432\nport=5432 # x",
    // Files that were not given are not a fault of the line.
    "include 'missing.conf'\ninclude_dir 'missing'",
    { conf: "include 'more.conf'", files: { 'more.conf': 'port = 5432' } },
  ],
  invalid: [
    {
      given: 'port = 5432\nsearch_path = a, b\nport =\n= 5\n',
      lines: [2, 3, 4],
      messages: [
        'PostgreSQL reports: syntax error in file "DATADIR/postgresql.conf" line 2, near token ",".',
        'PostgreSQL reports: syntax error in file "DATADIR/postgresql.conf" line 3, near end of line.',
        'PostgreSQL reports: syntax error in file "DATADIR/postgresql.conf" line 4, near token "=".',
      ],
      fixed: null,
    },
    {
      given: "port = 5432 'could not open'",
      lines: [1],
      messages: [`near token "'could not open'".`],
      fixed: null,
    },
    {
      given: "include ''",
      lines: [1],
      messages: ['PostgreSQL reports: empty configuration file name.'],
      fixed: null,
    },
    {
      given: { conf: "include 'more.conf'", files: { 'more.conf': "\nname = could not open\ninclude 'more.conf'" } },
      lines: [2, 3],
      included: ['more.conf', 'more.conf'],
      messages: ['near token "not"', 'configuration file recursion'],
      fixed: null,
    },
  ],
});
