import { testRule } from '../../testing/rule-table.ts';

const replicators = [
  'repl',
  'replica',
  'replicator1',
  'replication_user',
  'repmgr',
  'standby',
  'streaming_rep',
  'pgbackrest',
  'barman',
  '+replicas',
];

testRule('all-without-replication', 'pg_hba.conf', {
  valid: [
    ...['rep', 'repmg', 'standb', 'streamin', 'pgbackres', 'barma'].map((user) => `host all ${user} 10.0.0.0/8 md5`),
    'host all app 10.0.0.0/8 md5',
    'host all app_repl 10.0.0.0/8 md5',
    'host all all 10.0.0.0/8 md5',
    'host orders repl 10.0.0.0/8 md5',
    'host "all" repl 10.0.0.0/8 md5',
    'host all repl 10.0.0.0/8 reject',
    'host replication repl 10.0.0.0/8 md5',
    'host all,replication repl 10.0.0.0/8 md5',
    'host all repl 10.0.0.0/8 md5\nhost replication repl 10.0.0.0/8 md5',
    'host replication all 10.0.0.0/8 md5\nhost all repl 10.0.0.0/8 md5',
    'host all repl 10.0.0.0/8 md5\nhost orders,replication app,repl 10.0.0.0/8 md5',
  ],
  invalid: [
    ...replicators.map((user) => ({
      given: `host all ${user} 10.0.0.0/8 md5`,
      lines: [1],
      messages: [`${user} looks like a replication role`],
      fixed: `host replication,all ${user} 10.0.0.0/8 md5`,
    })),
    {
      given: 'local all app,repl peer',
      lines: [1],
      messages: ['repl looks'],
      fixed: 'local replication,all app,repl peer',
    },
    {
      given: 'host app,all repl 10.0.0.0/8 md5 # b',
      lines: [1],
      fixed: 'host replication,app,all repl 10.0.0.0/8 md5 # b',
    },
    {
      given: 'host all,"my db","all" repl 10.0.0.0/8 md5',
      lines: [1],
      fixed: 'host replication,all,"my db","all" repl 10.0.0.0/8 md5',
    },
    // Quoted, the words are names.
    {
      given: 'host all,"replication" repl 10.0.0.0/8 md5',
      lines: [1],
      fixed: 'host replication,all,"replication" repl 10.0.0.0/8 md5',
    },
    ...[
      'host "replication" all 10.0.0.0/8 md5',
      'host replication "all" 10.0.0.0/8 md5',
      'host replication app 10.0.0.0/8 md5',
      'host orders repl 10.0.0.0/8 md5',
    ].map((other) => ({
      given: `host all repl 10.0.0.0/8 md5\n${other}\n`,
      lines: [1],
      fixed: `host replication,all repl 10.0.0.0/8 md5\n${other}\n`,
    })),
    {
      given: 'host all app all md5\nhost all repl 10.0.0.0/8 md5\nhost all barman 10.0.0.0/8 md5',
      lines: [2, 3],
      fixed:
        'host all app all md5\nhost replication,all repl 10.0.0.0/8 md5\nhost replication,all barman 10.0.0.0/8 md5',
    },
    {
      given: 'host all repl,app all md5\nhost replication repl all md5\nhost all barman all md5',
      lines: [3],
      messages: ['barman'],
      fixed: 'host all repl,app all md5\nhost replication repl all md5\nhost replication,all barman all md5',
    },
    { given: 'host all\\\n repl 10.0.0.0/8 md5', lines: [1], fixed: null },
  ],
});
