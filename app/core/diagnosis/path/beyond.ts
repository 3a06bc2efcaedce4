import type { Connection, Decision } from '../../hba-analysis/decide.ts';
import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { sql, sqlLiteral } from '../../quote/sql.ts';
import type { Hop } from './hop.ts';

/** What the record that matched requires of the client. */
export function methodHop(decision: Decision): Hop[] {
  if (decision.outcome !== 'record') return [];
  const { method, options, message } = decision;
  const certificate = options.find((option) => /^clientcert=(?:1|verify-)/.test(option));
  return [
    {
      kind: 'method',
      verdict: method === 'reject' ? 'stops' : method === 'trust' && !certificate ? 'passes' : 'depends',
      says: [
        say(`path.method.${method}`, message === undefined ? {} : { message }),
        ...(certificate ? [say('path.method.certificateToo', { option: certificate })] : []),
        ...(options.length > 0 ? [say('path.method.options', { options: options.join(' ') })] : []),
      ],
    },
  ];
}

/** Whether the role may log in, which is determined by the plan's roles.sql, or known only to the server. */
export function roleHop({ user, replication }: Connection, model: AccessModel | undefined): Hop {
  const query = sql`SELECT rolcanlogin, rolreplication, rolvaliduntil FROM pg_roles WHERE rolname = ${sqlLiteral(user)};`;
  const kind = 'role';
  if (!model)
    return {
      kind,
      verdict: 'depends',
      says: [say(replication ? 'path.role.replication' : 'path.role.file', { user })],
      query,
    };
  if (user === model.plan.server.superuser)
    return { kind, verdict: 'passes', says: [say('path.role.superuser', { user })], path: 'server.superuser' };
  const role = model.roles.find(({ name }) => name === user);
  if (!role) return { kind, verdict: 'depends', says: [say('path.role.notOfPlan', { user })], query, path: 'clients' };
  return replication && !role.replication
    ? { kind, verdict: 'stops', says: [say('path.role.notReplicating', { user })], path: role.path }
    : { kind, verdict: 'passes', says: [say('path.role.plan', { user })], path: role.path };
}

/** Whether the role may connect to the database. */
export function databaseHop({ user, database, replication }: Connection, model: AccessModel | undefined): Hop[] {
  if (replication) return [];
  const query = sql`SELECT has_database_privilege(${sqlLiteral(user)}, ${sqlLiteral(database)}, 'CONNECT');`;
  const depends: Hop = {
    kind: 'database',
    verdict: 'depends',
    says: [say('path.database.file', { user, database })],
    query,
  };
  if (!model || user === model.plan.server.superuser) return [depends];
  const role = model.roles.find(({ name }) => name === user);
  if (role && (role.databases === 'all' || role.databases.includes(database)))
    return [
      { kind: 'database', verdict: 'passes', says: [say('path.database.plan', { user, database })], path: role.path },
    ];
  return model.databases.includes(database)
    ? [
        {
          kind: 'database',
          verdict: 'stops',
          says: [say('path.database.revoked', { user, database })],
          path: 'clients',
        },
      ]
    : [depends];
}
