import { decide } from '../../hba-analysis/decide.ts';
import { inColumns } from '../../postgres/hba/columns.ts';
import type { HbaRule } from '../rule.ts';

export const noWayForTheAdministrator: HbaRule = {
  id: 'no-way-for-the-administrator',
  severity: 'high',
  title: "The administrator can't connect locally",
  why: 'No rule allows the superuser to connect over the local socket. If a password is lost or the network is down, nobody can fix the server without restarting it with different rules.',
  wrong: 'hostssl all app 10.0.0.0/8 scram-sha-256',
  right: 'local all postgres peer\nhostssl all app 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    if (hba.records.length === 0) return;
    const connection = {
      transport: 'local',
      encryption: 'none',
      database: 'postgres',
      user: 'postgres',
      roles: [],
      replication: false,
    } as const;
    const decision = decide(hba, connection);
    if (decision.outcome === 'record' && decision.method !== 'reject') return;
    yield {
      file: 'pg_hba.conf',
      message: 'The superuser postgres is rejected on the local socket.',
      fix: {
        title: 'Allow postgres on the local socket',
        file: 'pg_hba.conf',
        edits: [{ kind: 'insert', line: 1, text: inColumns(hba, 1, 'local all postgres peer') }],
      },
    };
  },
};
