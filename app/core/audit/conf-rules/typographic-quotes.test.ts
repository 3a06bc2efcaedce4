import { testRule } from '../../testing/rule-table.ts';

const found = (given: string, fixed: string | null, mark: string) => ({
  given,
  lines: [1],
  messages: [`PostgreSQL doesn't accept ${mark} as a quotation mark.`],
  fixed,
});

const marks = [...'‘’“”„«»‹›´`'];

testRule('typographic-quotes', 'postgresql.conf', {
  valid: [
    '',
    "listen_addresses = '*'",
    ...marks.map((mark) => `# a ${mark}`),
    ...marks.map((mark) => `application_name = 'a${mark}b'`),
    ...marks.map((mark) => `port = 5432 # ${mark}a${mark}`),
    "application_name = 'a''b‘' # ‘",
    "application_name = 'a\\'‘'",
    "application_name = 'a\\\\' # ‘",
    "application_name = '#' # ‘",
    'application_name = "a"',
    // Never closed: another rule reports it.
    "application_name = 'a‘",
  ],
  invalid: [
    ...marks.map((mark) => found(`listen_addresses = ${mark}*${mark}`, "listen_addresses = '*'", mark)),
    // Two kinds of quotation marks, as used in pairs.
    ...['‘’', '“”', '„“', '«»', '‹›', '`´'].map((pair) =>
      found(`a =${pair[0]}b c${pair[1]} # d`, "a ='b c' # d", pair[0] ?? ''),
    ),
    found('a =\t \t‘’\r\n', "a =\t \t''\r\n", '‘'),
    // Only one is curly, or other text is inside or before.
    found("a = ‘b'", null, '‘'),
    found("a = ‘it's’", null, '‘'),
    found("a = 'b'’", null, '’'),
    found("a = 'b\\'c' ‘", null, '‘'),
    found("a = 'b\\\\'‘", null, '‘'),
    found("a = 'b' ‘c’ 'd'", null, '‘'),
    found('a ‘b’', null, '‘'),
    found('a ‘b’ = ‘c’', null, '‘'),
    found('a = b=‘c’', null, '‘'),
    found("a = ‘b’ 'c'", null, '‘'),
    found('a = ‘b’c', null, '‘'),
    found('a =\r‘b’\r\n', null, '‘'),
    // In straight quotes the backslash would be an escape.
    found('a = ‘C:\\data’', null, '‘'),
    found('a = ‘b\\’', null, '‘'),
    found('a = ‘it’s’ # ‘b’', "a = 'it’s' # ‘b’", '‘'),
    found('a = ‘#b’\t#', "a = '#b'\t#", '‘'),
    found('a = b‘c’', null, '‘'),
    found('‘a’ = b', null, '‘'),
    found("a = 'b' ‘c’ # ‘d", null, '‘'),
    {
      given: 'port = 5432\na = ‘b’\nc = ‘d’\n',
      lines: [2, 3],
      fixed: "port = 5432\na = 'b'\nc = 'd'\n",
    },
  ],
});
