import { testRule } from '../../testing/rule-table.ts';

const remote = 'host all all 10.0.0.0/8 md5';
const files = (listens: string, hba: string) => ({ conf: `port = 5432\nlisten_addresses = '${listens}'`, hba });
const only = (where: string, line = 1) =>
  `The rule at line ${line} of pg_hba.conf allows other hosts to connect, but the server listens ${where}.`;
const nobody = (on: string) => `The server listens on ${on}, but no rule allows another host to connect.`;

/** Records that allow no client from another host. */
const overlaps = [
  '',
  'local all all peer',
  'host all all 127.0.0.1/32 md5',
  'host all all 127.0.0.0/8 md5',
  'host all all ::1/128 md5',
  'host all all localhost md5',
  'host all all samehost md5',
  'host all all 10.0.0.0/8 reject',
];

/** Records that allow clients from another host. */
const afar = [
  remote,
  'hostssl all all all md5',
  'hostnossl all all samenet md5',
  'hostgssenc all all .example.com md5',
  'hostnogssenc all all 126.0.0.0/7 md5',
  'host all all ::/127 trust',
  'host all all db.localhost.example.com md5',
];

testRule('listens-for-nobody', 'postgresql.conf', {
  valid: [
    '',
    "listen_addresses = 'localhost'",
    "listen_addresses = '10.0.0.5'",
    { conf: '', hba: remote },
    { conf: 'port = 5432', hba: '' },
    ...overlaps.map((hba) => files('localhost', hba)),
    ...overlaps.map((hba) => files('', hba)),
    ...afar.map((hba) => files('localhost, 10.0.0.5', hba)),
    ...afar.map((hba) => files('*', hba)),
  ],
  invalid: [
    ...afar.flatMap((hba) =>
      ['localhost', '127.0.0.1', '127.1.2.3', '::1', 'LOCALHOST, ::1'].map((listens) => ({
        given: files(listens, hba),
        lines: [2],
        messages: [only('only on loopback')],
        fixed: null,
      })),
    ),
    { given: files('', remote), lines: [2], messages: [only('on no address')], fixed: null },
    { given: files(' , ', remote), lines: [2], messages: [only('on no address')], fixed: null },
    {
      given: files('localhost', [...overlaps, ...afar].join('\n')),
      lines: [2],
      messages: [only('only on loopback', overlaps.length + 1)],
      fixed: null,
    },
    ...overlaps.map((hba) => ({
      given: files('10.0.0.5', hba),
      lines: [2],
      messages: [nobody('10.0.0.5')],
      fixed: null,
    })),
    ...['*', '::', '128.0.0.1', '::2', 'localhost.example.com', 'a-localhost', '1270.example.com'].map((listens) => ({
      given: files(listens, 'local all all peer'),
      lines: [2],
      messages: [nobody(listens)],
      fixed: null,
    })),
    {
      given: files('localhost, 10.0.0.5, ::1, "10.0.0.6"', ''),
      lines: [2],
      messages: [nobody('10.0.0.5, 10.0.0.6')],
      fixed: null,
    },
    {
      given: { conf: "include 'a.conf'", files: { 'a.conf': "\n\nlisten_addresses = ''" }, hba: remote },
      lines: [3],
      included: ['a.conf'],
      fixed: null,
    },
  ],
});
