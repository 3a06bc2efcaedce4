import { decide } from '../../hba-analysis/decide.ts';
import { inColumns } from '../../postgres/hba/columns.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import type { Token } from '../../postgres/hba/token.ts';
import type { HbaRule } from '../rule.ts';

/** A role that a record names, other than postgres; neither `all`, a group nor an expression. */
const roleIn = ({ users }: HbaRecord): Token | undefined =>
  users.find(({ text, quoted }) => text !== 'postgres' && (quoted || !/^(?:all$|[+/])/.test(text)));

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
    const message = 'The superuser postgres is rejected on the local socket.';
    const other = hba.records.find(
      ({ record }) => record.type === 'local' && record.method !== 'reject' && roleIn(record) !== undefined,
    );
    const role = other && roleIn(other.record);
    if (other && role) {
      // An image names its superuser after POSTGRES_USER; a rule for postgres would be for a role that isn't there.
      yield {
        file: 'pg_hba.conf',
        message: `${message} If ${role.text}, whom line ${other.line} allows there, is the superuser of this server, nothing is wrong.`,
      };
      return;
    }
    yield {
      file: 'pg_hba.conf',
      message,
      fix: {
        title: 'Allow postgres on the local socket',
        file: 'pg_hba.conf',
        edits: [{ kind: 'insert', line: 1, text: inColumns(hba, 1, 'local all postgres peer') }],
      },
    };
  },
};
