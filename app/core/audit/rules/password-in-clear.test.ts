import { testRule } from '../../testing/rule-table.ts';

const message = 'The client sends the password itself to the server.';

testRule('password-in-clear', 'pg_hba.conf', {
  valid: [
    ...['md5', 'scram-sha-256', 'ldap ldapserver=h ldapprefix=a', 'pam', 'trust', 'reject'].map(
      (method) => `host all all 10.0.0.0/8 ${method}`,
    ),
    'host password password 10.0.0.0/8 md5',
    '# host all all 10.0.0.0/8 password',
  ],
  invalid: [
    ...['local all all', 'host all all 10.0.0.0/8', 'hostssl all all 127.0.0.1/32', 'hostnossl all all ::1 ::1'].map(
      (start) => ({
        given: `${start} password\n`,
        lines: [1],
        messages: [message],
        fixed: `${start} scram-sha-256\n`,
      }),
    ),
    {
      given: 'local all all peer\nhost a password  all\t"password"  # password',
      lines: [2],
      messages: [message],
      fixed: 'local all all peer\nhost a password  all\tscram-sha-256  # password',
    },
    {
      given: {
        hba: 'include more.conf\nhost a b password md5',
        files: { 'more.conf': '\nhost all all all password' },
      },
      lines: [2],
      included: ['more.conf'],
      messages: [message],
      fixed: null,
    },
  ],
});
