import { testRule } from '../../testing/rule-table.ts';

const unit = (name: string, value: string, better: string | null) => ({
  given: `${name} = '${value}'`,
  lines: [1],
  messages: [`${name} doesn't accept ${value}: the unit must be one of `],
  fixed: better === null ? null : `${name} = '${better}'`,
});

testRule('value-refused', 'postgresql.conf', {
  valid: [
    '',
    "work_mem = '4MB'\nport = 5432\nssl = on\nlisten_addresses = ''",
    // Names unknown to every major, or to this one, are reported by other rules.
    "work_men = '4mb'\nwal_keep_segments = x",
    "my.setting = ''",
    // The last one counts; the server does not check the others.
    "work_mem = '4mb'\nWORK_MEM = '4MB'",
    "#work_mem = '4mb'",
    // Values that this major accepts.
    { conf: 'password_encryption = on', major: 13 },
    { conf: 'port = 65535', major: 11 },
  ],
  invalid: [
    unit('work_mem', '65536b', '65536B'),
    unit('work_mem', '64KB', '64kB'),
    unit('work_mem', '4mb', '4MB'),
    unit('work_mem', '4 Mb', '4 MB'),
    unit('work_mem', '4mb ', '4MB '),
    unit('work_mem', '1gb', '1GB'),
    unit('maintenance_work_mem', '1tb', '1TB'),
    unit('statement_timeout', '9000US', '9000us'),
    unit('statement_timeout', '10MS', '10ms'),
    unit('statement_timeout', '10S', '10s'),
    unit('statement_timeout', '10MIN', '10min'),
    unit('statement_timeout', '10H', '10h'),
    unit('statement_timeout', '10D', '10d'),
    // No unit, or a unit of another kind.
    unit('work_mem', '4x', null),
    unit('work_mem', '10S', null),
    unit('statement_timeout', '4MB', null),
    // The right unit helps only if the number is in range.
    unit('work_mem', '1b', null),
    unit('work_mem', '4KB', null),
    {
      given: "port = 5432\n work_mem  '4mb' # enough\n",
      lines: [2],
      messages: ["work_mem doesn't accept 4mb"],
      fixed: "port = 5432\n work_mem  '4MB' # enough\n",
    },
    {
      given: "PORT = 65536\nssl = maybe\nwork_mem = ''\nserver_version = 18",
      lines: [1, 2, 3, 4],
      messages: [
        "PORT doesn't accept 65536: 65536 is outside the valid range of 1 to 65535.",
        "ssl doesn't accept maybe: the value must be on or off.",
        "work_mem doesn't accept an empty value: the value must be an integer.",
        "server_version doesn't accept 18: this setting is read-only.",
      ],
      fixed: null,
    },
    // A value that only an older major accepts.
    { given: { conf: 'password_encryption = on', major: 14 }, lines: [1], fixed: null },
    {
      given: { conf: "include 'more.conf'\nport = 5432", files: { 'more.conf': "\nwork_mem = '4mb'" } },
      lines: [2],
      included: ['more.conf'],
      fixed: null,
    },
  ],
});
