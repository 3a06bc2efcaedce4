import { testRule } from '../../testing/rule-table.ts';

const flags = {
  include_realm: 'gss',
  compat_realm: 'sspi',
  upn_username: 'sspi',
  ldaptls: 'ldap ldapserver=h ldapbasedn=o',
  pam_use_hostname: 'pam',
};
const record = (method: string, options: string) => `host all all 10.0.0.0/8 ${method} ${options}`;
const found = (given: string, ...messages: readonly string[]) => ({
  given,
  lines: messages.map(() => 1),
  messages,
  fixed: null,
});

testRule('flag-that-is-off', 'pg_hba.conf', {
  valid: [
    ...Object.entries(flags).flatMap(([flag, method]) => [record(method, `${flag}=1`), record(method, `${flag}=0`)]),
    record('gss', 'include_realm="1"'),
    record('gss', 'krb_realm=yes'),
    record('gss', '# include_realm=yes'),
    record('gss', 'include_realm=yes include_realm=1'),
    'host all all include_realm=yes gss',
    'host "include_realm=yes" all 10.0.0.0/8 gss',
  ],
  invalid: [
    ...Object.entries(flags).flatMap(([flag, method]) =>
      ['yes', 'true', 'on', '01', '10', ''].map((value) =>
        found(record(method, `${flag}=${value}`), `${flag}=${value} is off`),
      ),
    ),
    found(record('gss', 'include_realm="true" # why'), 'include_realm=true is off'),
    found(record('gss', 'include_realm=1=0'), 'include_realm=1=0 is off'),
    found(record('gss', '"include_realm=a b"'), 'include_realm=a b is off'),
    found(record('gss', 'include_realm=1 include_realm=yes'), 'include_realm=yes is off'),
    found(record('sspi', 'include_realm=1,compat_realm=on upn_username=on'), 'compat_realm=on', 'upn_username=on'),
    found('host all all 10.0.0.0 255.0.0.0 gss include_realm=yes', 'include_realm=yes'),
    found('local all all pam pam_use_hostname=yes', 'pam_use_hostname=yes'),
    {
      given: {
        hba: `${record('gss', 'include_realm=yes')}\ninclude a.conf\n`,
        files: { 'a.conf': record('gss', 'include_realm=1') },
      },
      lines: [1],
      messages: ['include_realm=yes'],
      fixed: null,
    },
  ],
});
