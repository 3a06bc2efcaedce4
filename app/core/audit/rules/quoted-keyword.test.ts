import { testRule } from '../../testing/rule-table.ts';

const record = (databases: string, users: string) => `host ${databases} ${users} 10.0.0.0/8 md5`;
const said = (text: string) => `"${text}" in quotes is the name ${text}, not a keyword.`;

testRule('quoted-keyword', 'pg_hba.conf', {
  valid: [
    ...['all', 'replication', 'sameuser', 'samerole', 'samegroup'].map((word) => record(word, 'all')),
    record('all', '+admins'),
    // Only a quote before the first character removes the special meaning.
    record('a"ll"', 'a"ll"'),
    record('all', '+"admins"'),
    // Plain names, which quotes do not change.
    record('"app"', '"app"'),
    record('"ALL"', '"All"'),
    // No keywords in this field.
    record('"+admins"', 'all'),
    record('all', '"sameuser","samerole","samegroup","replication"'),
    record('all', '"a+b"'),
  ],
  invalid: [
    ...['all', 'replication', 'sameuser', 'samerole', 'samegroup'].map((word) => ({
      given: record(`"${word}"`, 'app'),
      lines: [1],
      messages: [said(word)],
      fixed: null,
    })),
    { given: record('app', '"all"'), lines: [1], messages: [said('all')], fixed: null },
    { given: record('app', '""all'), lines: [1], messages: [said('all')], fixed: null },
    { given: record('app', '"+admins"'), lines: [1], messages: [said('+admins')], fixed: null },
    {
      given: `local all all peer\n${record('app,"all","sameuser"', 'app,"+a","all"')}\nlocal "all" all peer`,
      lines: [2, 2, 2, 2, 3],
      messages: [said('all'), said('sameuser'), said('+a'), said('all'), said('all')],
      fixed: null,
    },
  ],
});
