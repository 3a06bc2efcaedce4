import { testRule } from '../../testing/rule-table.ts';

const reject = 'host all,replication postgres all reject';

testRule('superuser-from-afar', 'pg_hba.conf', {
  valid: [
    // With TLS off, the rule matches nobody.
    { hba: 'local all postgres peer\nhostssl all all 0.0.0.0/0 scram-sha-256', conf: 'ssl = off\n' },
    '',
    'local all all trust',
    ...['127.0.0.0/8', '127.0.0.1/32', '::1/128'].map((address) => `host all all ${address} trust`),
    'host all postgres 10.0.0.0/8 reject',
    'host all app,Postgres,postgresql 10.0.0.0/8 md5',
    `${reject}\nhost all all 10.0.0.0/8 md5`,
    // A superuser is not a member of a role that was not granted to it.
    'host all +staff 10.0.0.0/8 md5',
    'host all app,+staff 10.0.0.0/8 md5',
    `${reject}\nhost all +staff,all 10.0.0.0/8 md5`,
    // Whether they match depends on information outside the files.
    'host all all samenet md5',
    { hba: 'host all /^(a|post)gres$ 10.0.0.0/8 md5\n', major: 15 },
  ],
  invalid: [
    ...['host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'].map((type) => ({
      given: `${type} all postgres 203.0.113.0/32 md5`,
      lines: [1],
      messages: [
        'postgres can log in from 203.0.113.0 through this rule. A reject rule above it closes every such path.',
      ],
      // The rule itself is unreachable below the new one.
      fixed: `${reject}\n`,
    })),
    {
      given: 'host all all 2001:db8::/128 md5',
      lines: [1],
      messages: ['from 2001:db8::'],
      fixed: `${reject}\nhost all all 2001:db8::/128 md5`,
    },
    // What is below for every address keeps deciding about the superuser on loopback.
    {
      given: 'host replication all all md5',
      lines: [1],
      fixed: `host replication postgres 127.0.0.0/8 md5\nhost replication postgres ::1/128 md5\n${reject}\nhost replication all all md5`,
    },
    // A role is a member of itself, and a rule for a group covers nothing of the superuser's.
    { given: 'host all +postgres 10.0.0.0/8 md5', lines: [1], fixed: `${reject}\nhost all +postgres 10.0.0.0/8 md5` },
    {
      given: 'host all +staff 10.0.0.0/8 reject\nhost all +staff,all 10.0.0.0/8 md5',
      lines: [2],
      fixed: `${reject}\nhost all +staff 10.0.0.0/8 reject\nhost all +staff,all 10.0.0.0/8 md5`,
    },
    // Just beyond loopback, on both sides.
    ...['126.255.255.255/32', '128.0.0.0/32', '::/128', '::2/128'].map((address) => ({
      given: `host all all ${address} md5`,
      lines: [1],
      fixed: `${reject}\nhost all all ${address} md5`,
    })),
    {
      given: 'host all all 126.0.0.0/7 md5',
      lines: [1],
      messages: ['from 126.0.0.1'],
      fixed: `host all postgres 127.0.0.0/8 md5\n${reject}\nhost all all 126.0.0.0/7 md5`,
    },
    // The new record is inserted above the first that is about other machines, and does not affect loopback and the
    // socket.
    {
      given:
        'local all all peer\nhost all all 127.0.0.1/32 md5\n# remote\nhost all app 10.0.0.0/8 md5\nhost all all 10.0.0.0/8 md5\n',
      lines: [5],
      messages: ['from 10.0.0.1 through'],
      fixed: `local all all peer\nhost all all 127.0.0.1/32 md5\n# remote\n${reject}\nhost all app 10.0.0.0/8 md5\nhost all all 10.0.0.0/8 md5\n`,
    },
    // Rules for loopback below those for other hosts keep their order.
    {
      given:
        'host all app 10.0.0.0/8 md5\nhost all all 0.0.0.0/0 md5\nhost all postgres 127.0.0.1/32 trust\nhost all postgres ::1/128 ident # own\n',
      lines: [2],
      fixed: `host all postgres 127.0.0.0/8 md5\nhost all postgres ::1/128 ident # own\n${reject}\nhost all app 10.0.0.0/8 md5\nhost all all 0.0.0.0/0 md5\nhost all postgres 127.0.0.1/32 trust\n`,
    },
    {
      given: { hba: 'host all all 10.0.0.0/8 md5\n', superuser: 'my admin' },
      lines: [1],
      messages: ['my admin can log in from'],
      fixed: 'host all,replication "my admin" all reject\nhost all all 10.0.0.0/8 md5\n',
    },
    // Only the first matching record is found.
    {
      given: 'host all all 10.0.0.0/8 md5\nhost all all 11.0.0.0/8 md5',
      lines: [1],
      fixed: `${reject}\nhost all all 10.0.0.0/8 md5\nhost all all 11.0.0.0/8 md5`,
    },
    // An include brings the record in: the new one has to come above it.
    {
      given: {
        hba: 'local all all peer\ninclude more.conf\nhost all app 10.0.0.0/8 md5\n',
        files: { 'more.conf': '\n\nhost all all 10.0.0.0/8 md5' },
      },
      lines: [3],
      included: ['more.conf'],
      fixed: `local all all peer\n${reject}\ninclude more.conf\nhost all app 10.0.0.0/8 md5\n`,
    },
    {
      given: {
        hba: '\ninclude more.conf\nlocal all app peer\nhost all all 10.0.0.0/8 md5\n',
        files: { 'more.conf': 'local all app peer\n\n\nhost all app 10.0.0.0/8 md5' },
      },
      lines: [4],
      included: [undefined],
      fixed: `${reject}\n\ninclude more.conf\nlocal all app peer\nhost all all 10.0.0.0/8 md5\n`,
    },
    {
      given: {
        hba: 'local all all \\\n  peer\ninclude more.conf\n',
        files: { 'more.conf': 'host all all 127.0.0.1/32 md5\nhost all all 10.0.0.0/8 md5' },
      },
      lines: [2],
      included: ['more.conf'],
      fixed: `local all all \\\n  peer\n${reject}\ninclude more.conf\n`,
    },
  ],
});
