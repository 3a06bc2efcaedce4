import { testRule } from '../../testing/rule-table.ts';

const first = (text: string) => [`Line 1 covers ${text}`];
const found = (
  given: string,
  message = '10.0.0.0/8, which includes 10.1.0.0/16, and requires scram-sha-256 from some of the same connections first',
) => ({
  given,
  lines: [2],
  messages: first(message),
  fixed: null,
});

testRule('broad-above-narrow', 'pg_hba.conf', {
  valid: [
    'host all all 10.1.0.0/16 md5\nhost all app 10.0.0.0/8 scram-sha-256',
    'host all app 10.0.0.0/8 md5\nhost all all 10.1.0.0/16 md5',
    'host all app 10.0.0.0/8 reject\nhost all all 10.1.0.0/16 md5',
    'host all app 10.0.0.0/8 scram-sha-256\nhost all all 10.1.0.0/16 reject',
    'host all app 10.0.0.0/8 scram-sha-256\nhost all all 10.0.0.0/8 md5',
    'host all app 10.0.0.0/8 scram-sha-256\nhost all all 11.1.0.0/16 md5',
    'host all app 0.0.0.0/0 scram-sha-256\nhost all all ::1/128 md5',
    // The second one is unreachable, which another rule reports.
    'host all all 10.0.0.0/8 scram-sha-256\nhost all all 10.1.0.0/16 md5',
    'host all app all scram-sha-256\nhost all all 10.1.0.0/16 md5',
    'host all app 10.0.0.0/8 scram-sha-256\nhost all all samenet md5',
    'host all app 10.0.0.0 255.0.255.0 scram-sha-256\nhost all all 10.1.0.0/16 md5',
    'host all app 10.0.0.0/8 scram-sha-256\nhost all other 10.1.0.0/16 md5',
    'host orders app 10.0.0.0/8 scram-sha-256\nhost billing app 10.1.0.0/16 md5',
    'hostssl all app 10.0.0.0/8 scram-sha-256\nhostnossl all all 10.1.0.0/16 md5',
    'hostgssenc all app 10.0.0.0/8 gss\nhostnogssenc all all 10.1.0.0/16 md5',
  ],
  invalid: [
    found('host all app 10.0.0.0/8 scram-sha-256\nhost all all 10.1.0.0/16 md5'),
    found('host all app 10.0.0.0 255.0.0.0 scram-sha-256\nhost all all 10.1.0.0 255.255.0.0 md5'),
    found('host orders all 10.0.0.0/8 scram-sha-256\nhost all app 10.1.0.0/16 md5'),
    found('hostssl all all 10.0.0.0/8 scram-sha-256\nhost all app 10.1.0.0/16 md5'),
    found(
      'host all app 10.0.0.0/8 scram-sha-256\nhost all all 10.0.0.0/9 md5',
      '10.0.0.0/8, which includes 10.0.0.0/9, and',
    ),
    found(
      'host all app ::/0 md5\nhostssl all all ::1/128 cert',
      '::/0, which includes ::1/128, and requires md5 from some of the same connections',
    ),
    {
      given: 'local all all peer\nhost all app 10.0.0.0/8 scram-sha-256\nhost all all 10.1.0.0/16 md5',
      lines: [3],
      messages: ['Line 2 covers'],
      fixed: null,
    },
    {
      given:
        'host all b 10.0.0.0/8 scram-sha-256\nhost all a 10.0.0.0/8 md5\nhost all all 10.1.0.0/16 md5\nhost all a,b 10.2.0.0/16 md5',
      lines: [3],
      messages: first('10.0.0.0/8'),
      fixed: null,
    },
  ],
});
