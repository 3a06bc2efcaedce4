import { testRule } from '../../testing/rule-table.ts';

const above = (line: number) => [`Line ${line} allows some`];
const found = (given: string, lines = [2]) => ({ given, lines, messages: above(1), fixed: null });

testRule('allowed-before-reject', 'pg_hba.conf', {
  valid: [
    'host all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\nhost all postgres all reject\nhost all all 10.0.0.0/8 scram-sha-256',
    'host all app 10.0.0.0/8 reject\nhost all all 10.0.0.0/8 md5',
    'host all all 10.0.0.0/8 md5\nhost all app all md5',
    'host all all 10.0.0.0/8 reject\nhost all app all reject',
    // A reject for everyone at the end of a file.
    'host all app 10.0.0.0/8 md5\nhost all all all reject',
    'host all app 10.0.0.0/8 md5\nhost a,all all,b all reject',
    'host all all all md5\nhost all app 10.0.0.0/8 reject',
    'host all all 10.0.0.0/8 md5\nhost all app 11.0.0.0/8 reject',
    'host all all 0.0.0.0/0 md5\nhost all app ::/0 reject',
    'host all other 10.0.0.0/8 md5\nhost all app all reject',
    'host orders all 10.0.0.0/8 md5\nhost billing app all reject',
    'host all all 10.0.0.0/8 md5\nhost replication app all reject',
    'host replication app 10.0.0.0/8 md5\nhost all app 10.0.0.0/7 reject',
    'host "all" app 10.0.0.0/8 md5\nhost orders app all reject',
    'host all "+a" 10.0.0.0/8 md5\nhost all +a all reject',
    'host all all 10.0.0.0/8 md5\nlocal all app reject',
    'local all all peer\nhost all app all reject',
    // An exception to the reject rule: each of its fields is within that of the reject rule.
    'host orders app all md5\nhost all app all reject',
    'host all app 10.0.0.0/8 md5\nhost "all",b,all app all reject',
    'host "all" app 10.0.0.0/8 md5\nhost "all" all all reject',
    'host all "all" 10.0.0.0/8 md5\nhost all "all" all reject',
    'local orders app peer\nlocal orders all reject',
    'host all app 10.0.0.0/8 md5\nhost all all 11.0.0.0/8 reject\nhost all app all reject',
    // A connection is encrypted or not, never both.
    'hostssl all all 10.0.0.0/8 md5\nhostnossl all app 10.0.0.0/8 reject',
    'hostnossl all all 10.0.0.0/8 md5\nhostssl all app 10.0.0.0/8 reject',
    'hostgssenc all all 10.0.0.0/8 md5\nhostnogssenc all app 10.0.0.0/8 reject',
    'hostgssenc all all 10.0.0.0/8 md5\nhostssl all app 10.0.0.0/8 reject',
  ],
  invalid: [
    found('host all all 10.0.0.0/8 md5\nhost all app all reject'),
    found('host all all 10.0.0.0/8 md5\nhost all app 10.0.0.0/7 reject'),
    found('host all app 10.0.0.0/8 md5\nhost orders all all reject'),
    found('host orders app all md5\nhost orders all 10.0.0.0/8 reject'),
    found('host all app 10.0.0.0/8 md5\nhost "replication" app all reject'),
    found('hostssl all all 10.0.0.0/8 md5\nhost all app 10.0.0.0/8 reject'),
    found('hostnossl all all 10.0.0.0/8 md5\nhostnogssenc all app all reject'),
    found('hostgssenc all all 10.0.0.0/8 md5\nhostnossl all app all reject'),
    {
      given: 'host all other all reject\nhost all all 10.0.0.0/8 md5\nhost all app all reject\n',
      lines: [3],
      messages: above(2),
      fixed: null,
    },
    {
      given: {
        hba: 'host all all 10.0.0.0/8 md5\ninclude a.conf\n',
        files: { 'a.conf': '\nhost all app all reject\n' },
      },
      lines: [2],
      included: ['a.conf'],
      messages: above(1),
      fixed: null,
    },
  ],
});
