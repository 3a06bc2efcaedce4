import { testRule } from '../../testing/rule-table.ts';

const remote = 'hostssl all app 10.0.0.0/8 scram-sha-256';

const refused = (given: string, fixed = `local all postgres peer\n${given}`) => ({
  given,
  lines: [undefined],
  messages: ['The superuser postgres is rejected on the local socket.'],
  fixed,
});

testRule('no-way-for-the-administrator', 'pg_hba.conf', {
  valid: [
    '',
    '# only a comment\n',
    'local all postgres peer\n',
    'local all all scram-sha-256',
    'local postgres postgres trust',
    // The first record that matches decides.
    'local all postgres peer\nlocal all all reject',
    'local all app reject\nlocal all postgres peer',
    { hba: 'local all /^post peer', major: 16 },
    // Someone rejects the superuser by name, on purpose.
    'local all postgres reject\n',
    'local all postgres reject\nlocal all +admins,app trust\n',
    // The image of this server names its superuser after POSTGRES_USER.
    { hba: 'local all app peer\n', superuser: 'app' },
    { hba: 'local all "my admin" peer\n', superuser: 'my admin' },
  ],
  invalid: [
    // An image's superuser may have another name, and a rule for postgres would help nobody.
    ...['local all app peer\n', 'local all all reject\nlocal all +admins,app trust\n'].map((given) => ({
      given,
      lines: [undefined],
      messages: [
        /^The superuser postgres is rejected on the local socket\. If app, whom line \d allows there, is the superuser of this server, enter that name as the superuser\.$/,
      ],
      fixed: null,
    })),
    ...[
      `${remote}\n`,
      'local all all reject\nlocal all postgres peer\n',
      'host all postgres 127.0.0.1/32 scram-sha-256\n',
    ].map((given) => refused(given)),
    // Rules for the socket that are there keep their connections.
    ...[
      'local app postgres peer\n',
      // A superuser is not automatically a member.
      'local all +admins peer\n',
      // A physical replication connection cannot be used to administer.
      'local replication postgres peer\n',
    ].map((given) => refused(`${given}${remote}\n`, `${given}local all postgres peer\n${remote}\n`)),
    refused(
      'local app all trust\nlocal postgres all reject\n',
      'local app all trust\nlocal all postgres peer\nlocal postgres all reject\n',
    ),
    refused('local app all trust', 'local app all trust\nlocal all postgres peer\n'),
    {
      given: { hba: 'local all postgres peer\n', superuser: 'my admin' },
      lines: [undefined],
      messages: ['If postgres, whom line 1 allows there'],
      fixed: null,
    },
    {
      given: { hba: `${remote}\n`, superuser: 'my admin' },
      lines: [undefined],
      messages: ['The superuser my admin is rejected on the local socket.'],
      fixed: `local all "my admin" peer\n${remote}\n`,
    },
  ],
});
