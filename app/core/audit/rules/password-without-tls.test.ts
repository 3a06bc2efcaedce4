import { testRule } from '../../testing/rule-table.ts';

const said = (from: string) => `Clients from ${from} can log in with a password over an unencrypted connection.`;

testRule('password-without-tls', 'pg_hba.conf', {
  valid: [
    'local all all scram-sha-256',
    'hostssl all all 10.0.0.0/8 scram-sha-256',
    'hostgssenc all all 10.0.0.0/8 scram-sha-256',
    ...['trust', 'reject', 'gss', 'sspi', 'ident'].map((method) => `host all all 10.0.0.0/8 ${method}`),
    ...['127.0.0.1/32', '127.0.0.0/8', '::1/128'].map((address) => `host all all ${address} scram-sha-256`),
    // No connection reaches the second record.
    'host all all 10.0.0.0/8 reject\nhost all all 10.1.0.0/16 scram-sha-256',
  ],
  invalid: [
    ...[
      'password',
      'md5',
      'scram-sha-256',
      'ldap ldapserver=h ldapprefix=a',
      'radius radiusservers=h radiussecrets=s',
      'pam',
      'bsd',
    ].map((method) => ({
      given: `host all all 10.0.0.0/8 ${method}`,
      lines: [1],
      messages: [said('10.0.0.0/8')],
      fixed: `hostssl all all 10.0.0.0/8 ${method}`,
    })),
    ...['hostnossl', 'hostnogssenc'].map((type) => ({
      given: `${type} all all 10.0.0.0/8 scram-sha-256`,
      lines: [1],
      messages: [said('10.0.0.0/8')],
      fixed: null,
    })),
    { given: 'host all all all md5', lines: [1], messages: [said('all')], fixed: 'hostssl all all all md5' },
    { given: 'host all all .a.org md5', lines: [1], messages: [said('.a.org')], fixed: 'hostssl all all .a.org md5' },
    { given: 'host all all 126.0.0.0/7 md5', lines: [1], fixed: 'hostssl all all 126.0.0.0/7 md5' },
    { given: 'host all all ::/127 md5', lines: [1], fixed: 'hostssl all all ::/127 md5' },
    // Whether a regular expression leaves out any name is not known.
    {
      given: 'host all /^a(b|c)+$ all reject\nhost all /^a[bc]+$ 10.0.0.0/8 md5',
      lines: [2],
      fixed: 'host all /^a(b|c)+$ all reject\nhostssl all /^a[bc]+$ 10.0.0.0/8 md5',
    },
    {
      given: 'local all all peer\r\n"host"\thost  a 10.0.0.0 255.0.0.0 md5 # host\r\nhost all all ::1/128 md5\r\n',
      lines: [2],
      messages: [said('10.0.0.0/8')],
      fixed: 'local all all peer\r\nhostssl\thost  a 10.0.0.0 255.0.0.0 md5 # host\r\nhost all all ::1/128 md5\r\n',
    },
    {
      given: {
        hba: 'include more.conf\nhostssl a b 10.0.0.0/8 md5',
        files: { 'more.conf': '\nhost all all 10.0.0.0/8 md5' },
      },
      lines: [2],
      included: ['more.conf'],
      fixed: null,
    },
  ],
});
