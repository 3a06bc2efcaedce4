import { testRule } from '../../testing/rule-table.ts';

testRule('unknown-setting', 'postgresql.conf', {
  valid: [
    '',
    'port = 5432\nLISTEN_Addresses = a',
    // Names of extensions, which the server accepts without a check.
    'my.listen_adresses = 1',
    // Known to another major or to a release before 11, which another rule reports.
    'wal_keep_segments = 8',
    { conf: 'wal_keep_size = 8', major: 12 },
    'checkpoint_segments = 3',
    'silent_mode = on',
    '#listen_adresses = a',
  ],
  invalid: [
    {
      given: "port = 5432\n listen_adresses\t= 'localhost' # all\n",
      lines: [2],
      messages: [/^PostgreSQL 18 has no setting listen_adresses; did you mean listen_addresses\?$/],
      fixed: "port = 5432\n listen_addresses\t= 'localhost' # all\n",
    },
    {
      given: 'nonsense_of_mine = 1',
      lines: [1],
      messages: [/^PostgreSQL 18 has no setting nonsense_of_mine$/],
      fixed: null,
    },
    // The suggestion depends on the major.
    {
      given: { conf: 'wal_keep_segment = 8\nPorts = 1', major: 12 },
      lines: [1, 2],
      messages: [
        'PostgreSQL 12 has no setting wal_keep_segment; did you mean wal_keep_segments?',
        'PostgreSQL 12 has no setting Ports; did you mean port?',
      ],
      fixed: 'wal_keep_segments = 8\nport = 1',
    },
    {
      given: { conf: "include 'more.conf'\nport = 5432", files: { 'more.conf': '\nwork_men = 1' } },
      lines: [2],
      included: ['more.conf'],
      messages: ['did you mean work_mem?'],
      fixed: null,
    },
  ],
});
