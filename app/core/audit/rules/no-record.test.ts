import { testRule } from '../../testing/rule-table.ts';

const socket = 'local all postgres peer';

testRule('no-record', 'pg_hba.conf', {
  valid: [
    socket,
    '# a\n\nhost all all all md5\n',
    // Another rule finds a line that is rejected; these characters are not blanks.
    'host',
    '\f',
    '\v',
    '""',
    'include a.conf',
    // The file is not available here.
    'include_if_exists a.conf',
    '\t"include_if_exists" a.conf',
    '\r include_if_exists a.conf',
    ',include_if_exists a.conf',
    { hba: 'include_dir d', files: { 'd/a.conf': socket } },
    { hba: 'include a.conf', files: { 'a.conf': socket } },
  ],
  invalid: [
    ...[
      '',
      '\n',
      '# local all all peer\n',
      ' \t\r,',
      '\0host all all all md5',
      '\\\n# a\n',
      '# include_if_exists a.conf\n',
    ].map((given) => ({
      given,
      lines: [undefined],
      messages: ['configuration file "pg_hba.conf" contains no entries'],
      fixed: `${socket}\n${given}`,
    })),
    {
      given: { hba: 'include a.conf\n', files: { 'a.conf': '# a\n' } },
      lines: [undefined],
      fixed: `${socket}\ninclude a.conf\n`,
    },
    { given: '# a\r\n', lines: [undefined], fixed: `${socket}\r\n# a\r\n` },
  ],
});
