import { testRule } from '../../testing/rule-table.ts';

const remote = 'host all all 10.0.0.0/8 md5';

const comment = (conf: string, value: string, fixed: string) => ({
  given: conf,
  lines: [1],
  messages: [`The line is a comment, so the server listens on localhost and not on ${value}.`],
  fixed,
});

testRule('listen-commented-out', 'postgresql.conf', {
  valid: [
    '',
    "listen_addresses = 'localhost'",
    "#listen_addresses = '*'\nlisten_addresses = '10.0.0.5'",
    // The file as shipped, with no remote clients.
    "#listen_addresses = 'localhost'",
    { conf: "#listen_addresses = 'localhost'", hba: 'local all all peer' },
    { conf: "#listen_addresses = 'localhost'", hba: 'host all all 127.0.0.1/32 md5\nhost all all samehost md5' },
    { conf: "listen_addresses = 'localhost'", hba: remote },
    { conf: '', hba: remote },
    // Text about the setting.
    '# listen_addresses is set elsewhere',
    '#listen_addresses = *',
    "#listen_addresses * '*'",
    " * listen_addresses = '*'",
    "#x listen_addresses = '*'",
    "port = 5432 # listen_addresses = '*'",
    "#listen_addresses_x = '*'",
    // The missing file may set it.
    "#listen_addresses = '*'\ninclude 'more.conf'",
    { conf: "#listen_addresses = '*'\ninclude 'more.conf'", files: { 'more.conf': "listen_addresses = '*'" } },
  ],
  invalid: [
    comment("#listen_addresses = '10.0.0.5'", "'10.0.0.5'", "listen_addresses = '10.0.0.5'"),
    comment("\t # \tLISTEN_addresses\t'*'\t# all\r\n", "'*'", "LISTEN_addresses\t'*'\t# all\r\n"),
    comment("#listen_addresses\t=\t'a'", "'a'", "listen_addresses\t=\t'a'"),
    comment("#listen_addresses = ''\n", "''", "listen_addresses = ''\n"),
    comment("#listen_addresses=''\n", "''", "listen_addresses=''\n"),
    comment("#listen_addresses='a, b'  # c 'd'\n", "'a, b'", "listen_addresses='a, b'  # c 'd'\n"),
    // One line is enough.
    {
      given: "port = 5432\n#listen_addresses = '10.0.0.5'\n#listen_addresses = '*'\n",
      lines: [2],
      fixed: "port = 5432\nlisten_addresses = '10.0.0.5'\n#listen_addresses = '*'\n",
    },
    {
      given: "#listen_addresses = 'localhost'\n#listen_addresses = '*'\n",
      lines: [2],
      messages: ["localhost and not on '*'"],
      fixed: "#listen_addresses = 'localhost'\nlisten_addresses = '*'\n",
    },
    {
      given: { conf: "\n#listen_addresses = 'localhost'\n#listen_addresses = 'localhost'", hba: remote },
      lines: [2],
      messages: ['pg_hba.conf allows other hosts to connect, but the server listens only on localhost, its default.'],
      fixed: null,
    },
    {
      given: { conf: "#listen_addresses = '*'", hba: remote },
      lines: [1],
      messages: ["localhost and not on '*'"],
      fixed: "listen_addresses = '*'",
    },
  ],
});
