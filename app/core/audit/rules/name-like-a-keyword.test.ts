import { testRule } from '../../testing/rule-table.ts';

const database = (name: string) => `host ${name} app 10.0.0.0/8 md5`;
const user = (name: string) => `host app ${name} 10.0.0.0/8 md5`;
const found = (given: string, ...names: readonly string[]) => ({
  given,
  lines: names.map(() => 1),
  messages: names.map((name) => `${name} is read as a name here`),
  fixed: null,
});

testRule('name-like-a-keyword', 'pg_hba.conf', {
  valid: [
    ...['all', 'replication', 'sameuser', 'samerole', 'samegroup', 'App', 'a+', '*a', '%a'].map(database),
    ...['"ALL"', '"*"', '"%"', '"+a"', '"Replication"'].map(database),
    ...['all', '+app', 'App', '*a', '%a', '"ALL"', '"*"', '"%"', '"replication"', '"sameuser"'].map(user),
  ],
  invalid: [
    ...['ALL', 'All', 'Replication', 'SameUser', 'SAMEROLE', 'samegrouP', '*', '%', '+app', '+'].map((name) =>
      found(database(name), name),
    ),
    ...['ALL', 'replication', 'sameuser', 'samerole', 'samegroup', 'REPLICATION', '*', '%'].map((name) =>
      found(user(name), name),
    ),
    found('host a,*,ALL b,% 10.0.0.0/8 md5', '*', 'ALL', '%'),
    { given: `${user('all')}\n${user('*')}\n${database('*')}`, lines: [2, 3], fixed: null },
  ],
});
