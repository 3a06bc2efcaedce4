import { testRule } from '../../testing/rule-table.ts';

testRule('contradicting-record', 'pg_hba.conf', {
  valid: [
    'host all all 10.9.0.0/16 reject\nhost all all 10.0.0.0/8 md5',
    'host all all 10.0.0.0/8 md5\nhost all all 10.9.0.0/16 md5',
    'host all app 10.0.0.0/8 md5\nhost all all 10.9.0.0/16 reject',
    'host all "" 10.0.0.0/8 md5',
  ],
  invalid: [
    {
      given: {
        hba: 'host mydb all 10.20.30.5/32 md5\nhostssl mydb all 10.20.30.5/32 md5 clientcert=1\n',
        major: 11,
      },
      fixed: null,
      lines: [2],
      messages: [
        /^This rule requires a client certificate, but line 1 matches first and doesn't, so no client is ever asked for one\.$/,
      ],
    },
    {
      given: 'host mydb all 10.20.30.5/32 md5\nhostssl mydb all 10.20.30.5/32 md5 clientcert=verify-full\n',
      fixed: null,
      lines: [2],
      messages: ['so no client is ever asked for one'],
    },
    {
      given:
        'hostssl mydb all 10.20.30.5/32 md5 clientcert=verify-ca\nhostssl mydb all 10.20.30.5/32 md5 clientcert=verify-full\n',
      lines: [2],
      messages: ['This rule says md5, but line 1 matches first and says md5.'],
      fixed: null,
    },
    {
      given: 'host all all 10.0.0.0/8 md5\nhost all all 10.9.0.0/16 reject\n',
      lines: [2],
      messages: ['This rule says reject, but line 1 matches first and says md5.'],
      fixed: null,
    },
    {
      given: 'host all all 10.0.0.0/9 md5\nhost all all 10.128.0.0/9 trust\nhost all all 10.0.0.0/8 md5',
      lines: [3],
      messages: ['This rule says md5, but line 2 matches first and says trust.'],
      fixed: null,
    },
    {
      given: 'hostssl all all all cert map=a\nhostssl all all all cert map=b',
      lines: [2],
      messages: ['This rule says cert, but line 1 matches first and says cert.'],
      fixed: null,
    },
    {
      given: {
        hba: 'local all all peer\ninclude a.conf\nhost all all all md5\nhost all all all trust\n',
        files: { 'a.conf': 'host all app all gss\nhost all app all scram-sha-256\n' },
      },
      lines: [2, 4],
      included: ['a.conf', undefined],
      messages: ['line 1 of a.conf matches first and says gss.', 'line 3 matches first and says md5.'],
      fixed: null,
    },
  ],
});
