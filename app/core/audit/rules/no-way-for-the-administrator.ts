import { type Decision, decide } from '../../hba-analysis/decide.ts';
import { inColumns } from '../../postgres/hba/columns.ts';
import type { Hba } from '../../postgres/hba/hba.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import type { Token } from '../../postgres/hba/token.ts';
import { hbaName } from '../../quote/hba.ts';
import type { HbaRule } from '../rule.ts';

/** A role that a record names, other than the superuser; neither `all`, a group nor an expression. */
const roleIn = ({ users }: HbaRecord, superuser: string): Token | undefined =>
  users.find(({ text, quoted }) => text !== superuser && (quoted || !/^(?:all$|[+/])/.test(text)));

/** A rule rejects the superuser by name on the socket, so someone wanted that. */
function isOnPurpose({ records }: Hba, decision: Decision, superuser: string): boolean {
  if (decision.outcome !== 'record') return false;
  const deciding = records.find(({ line, file }) => line === decision.line && file === decision.file);
  return deciding?.record.users.every(({ text }) => text === superuser) ?? false;
}

/** Above the rule that rejects, or else below the other rules for the socket, which keep their connections. */
function placeFor({ lines, records }: Hba, decision: Decision): number {
  if (decision.outcome === 'record') return decision.file === undefined ? decision.line : 1;
  const last = records.findLast(({ file, record }) => file === undefined && record.type === 'local');
  if (!last) return 1;
  return lines.find(({ number }) => number > last.line)?.number ?? last.line + 1;
}

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
  *check({ hba, superuser }) {
    if (hba.records.length === 0) return;
    const connection = {
      transport: 'local',
      encryption: 'none',
      database: 'postgres',
      user: superuser,
      roles: [],
      replication: false,
    } as const;
    const decision = decide(hba, connection);
    if (decision.outcome === 'record' && decision.method !== 'reject') return;
    if (isOnPurpose(hba, decision, superuser)) return;
    const message = `The superuser ${superuser} is rejected on the local socket.`;
    const other = hba.records.find(
      ({ record }) => record.type === 'local' && record.method !== 'reject' && roleIn(record, superuser) !== undefined,
    );
    const role = other && roleIn(other.record, superuser);
    if (other && role) {
      // An image names its superuser after POSTGRES_USER; a rule for another role would help nobody.
      yield {
        file: 'pg_hba.conf',
        message: `${message} If ${role.text}, whom line ${other.line} allows there, is the superuser of this server, enter that name as the superuser.`,
      };
      return;
    }
    const line = placeFor(hba, decision);
    const text = `local all ${hbaName(superuser, hba.major)} peer`;
    yield {
      file: 'pg_hba.conf',
      message,
      fix: {
        title: `Allow ${superuser} on the local socket`,
        file: 'pg_hba.conf',
        edits: [{ kind: 'insert', line, text: inColumns(hba, line, text) }],
        promise: { kind: 'adds', rules: [{ line, text }] },
        // A rule that rejects the superuser together with others is meant to be bypassed.
        leaves: ['allowed-before-reject'],
      },
    };
  },
};
