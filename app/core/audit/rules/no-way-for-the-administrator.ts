import { decide } from '../../access/decide.ts';
import type { HbaRule } from '../rule.ts';

export const noWayForTheAdministrator: HbaRule = {
  id: 'no-way-for-the-administrator',
  severity: 'critical',
  title: 'The administrator has no way in',
  why: 'No record lets the superuser in over the local socket. When a password is lost or the network is down, nobody can mend the server without a restart with other rules.',
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
      message: 'The superuser postgres is refused on the local socket.',
      fix: {
        title: 'Let postgres in over the socket',
        file: 'pg_hba.conf',
        edits: [{ kind: 'insert', line: 1, text: 'local all postgres peer' }],
      },
    };
  },
};
