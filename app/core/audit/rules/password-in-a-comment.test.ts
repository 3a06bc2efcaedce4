import { testRule } from '../../testing/rule-table.ts';

testRule('password-in-a-comment', 'pg_hba.conf', {
  valid: [
    '# TYPE  DATABASE        USER            ADDRESS                 METHOD',
    '# "local" is for Unix domain socket connections only',
    '# METHOD can be "trust", "reject", "md5", "password", "scram-sha-256", "gss"',
    '# password = scram-sha-256 since 2024',
    '# set password_encryption = md5 first',
    '# password: see the vault',
    '# 10:30:15 changed by ana: see ticket 5:12',
    '# postgresql://app@db.example.com:5432/orders',
    '# PGPASSWORD=${SECRET} psql',
    '# password=<ask the team>',
    'host all all 10.0.0.0/8 ldap ldapserver=x ldapbindpasswd=secret',
    'host all "# db:5432:a:b:c" 10.0.0.0/8 md5',
  ],
  invalid: [
    ...[
      'db.example.com:5432:orders:app:S3cret!',
      '*:*:*:postgres:hunter2',
      'postgresql://app:S3cret@db.example.com/orders',
      'export PGPASSWORD=hunter2',
      "password = 'hunter2'",
      'ldapbindpasswd=hunter2',
    ].map((comment) => ({
      given: `# ${comment}\nlocal all all peer\n`,
      lines: [1],
      messages: [/^This comment has the form of a line of a password file, /],
      fixed: 'local all all peer\n',
    })),
    {
      given: 'host all app 10.0.0.0/8 md5  # pwd=hunter2\n',
      lines: [1],
      fixed: 'host all app 10.0.0.0/8 md5\n',
    },
    { given: '# pwd=hunter2 \\\nmore\nlocal all all peer\n', lines: [1], fixed: null },
  ],
});
