import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import type { Client } from '../../plan/schema.ts';
import { psqlConnect } from '../../quote/psql.ts';
import { type Sql, sql, sqlDollar, sqlIdentifier, sqlLiteral } from '../../quote/sql.ts';
import { join } from '../../quote/template.ts';
import type { Block } from '../file.ts';

type Level = Exclude<Client['privileges'], 'none'>;

const LEVELS = ['read', 'read-write', 'create'] as const satisfies readonly Level[];

const ON: Readonly<Record<Level, { readonly schema: Sql; readonly tables: Sql; readonly sequences: Sql }>> = {
  read: { schema: sql`USAGE`, tables: sql`SELECT`, sequences: sql`SELECT` },
  'read-write': {
    schema: sql`USAGE`,
    tables: sql`SELECT, INSERT, UPDATE, DELETE`,
    sequences: sql`USAGE, SELECT, UPDATE`,
  },
  create: {
    schema: sql`USAGE, CREATE`,
    tables: sql`SELECT, INSERT, UPDATE, DELETE`,
    sequences: sql`USAGE, SELECT, UPDATE`,
  },
};

/** What roles may do inside the databases of the plan, last in `roles.sql`, because each database needs its own connection. */
export function privileges(model: AccessModel): Block<'sql'>[] {
  const revoked = model.plan.security.publicCreate === 'revoke';
  return model.databases.flatMap((database): Block<'sql'>[] => {
    const granted = LEVELS.map((level) => ({ level, roles: rolesWith(model, database, level) })).filter(
      ({ roles }) => roles.length > 0,
    );
    if (granted.length === 0 && !revoked) return [];
    const creators = rolesWith(model, database, 'create');
    return [
      {
        lines: [sql`\connect ${psqlConnect(database)}`, sql`SET standard_conforming_strings = on;`],
        reason: { message: say('privileges.database', { database }), path: 'clients' },
      },
      ...granted.map(({ level, roles }) => grant(level, roles, creators, database)),
      ...(revoked ? [withoutPublicCreate(database, creators)] : []),
    ];
  });
}

/** The roles whose highest level in a database is this one. */
function rolesWith({ plan }: AccessModel, database: string, level: Level): string[] {
  const highest = new Map<string, number>();
  for (const { databases, roles, privileges: asked } of plan.clients) {
    if (asked === 'none' || databases === 'all' || !databases.includes(database)) continue;
    for (const role of roles)
      if (role !== plan.server.superuser) highest.set(role, Math.max(highest.get(role) ?? 0, LEVELS.indexOf(asked)));
  }
  return [...highest].flatMap(([role, at]) => (LEVELS[at] === level ? [role] : []));
}

/**
 * Default privileges belong to the role that creates an object (manual, ALTER DEFAULT PRIVILEGES), so they are set for each
 * role that creates tables here: the plan's own, the superuser, and owners of the tables that exist.
 */
function grant(level: Level, roles: readonly string[], creators: readonly string[], database: string): Block<'sql'> {
  const { schema, tables, sequences } = ON[level];
  const to = join(roles.map(sqlIdentifier), sql`, `);
  const body = sqlDollar([
    sql`DECLARE`,
    sql`  creator name;`,
    sql`BEGIN`,
    sql`  FOR creator IN`,
    sql`    SELECT r.rolname FROM pg_catalog.pg_roles AS r WHERE r.rolname = current_user${creators.length === 0 ? sql`` : sql` OR r.rolname IN (${join(creators.map(sqlLiteral), sql`, `)})`}`,
    sql`      OR r.oid IN (SELECT c.relowner FROM pg_catalog.pg_class AS c WHERE c.relnamespace = 'public'::regnamespace)`,
    sql`  LOOP`,
    sql`    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public GRANT ${tables} ON TABLES TO %s', creator, ${sqlLiteral(to)});`,
    sql`    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public GRANT ${sequences} ON SEQUENCES TO %s', creator, ${sqlLiteral(to)});`,
    sql`  END LOOP;`,
    sql`END`,
  ]);
  return {
    lines: [
      sql`GRANT ${schema} ON SCHEMA public TO ${to};`,
      sql`GRANT ${tables} ON ALL TABLES IN SCHEMA public TO ${to};`,
      sql`GRANT ${sequences} ON ALL SEQUENCES IN SCHEMA public TO ${to};`,
      sql`DO ${body};`,
    ],
    reason: { message: say(`privileges.${level}`, { roles: roles.join(', '), database }), path: 'clients' },
  };
}

/** A direct grant survives; roles that own something in the schema and have none are named before they lose CREATE. */
function withoutPublicCreate(database: string, creators: readonly string[]): Block<'sql'> {
  const planned =
    creators.length === 0 ? sql`` : sql` AND r.rolname NOT IN (${join(creators.map(sqlLiteral), sql`, `)})`;
  return {
    lines: [
      sql`SELECT DISTINCT r.rolname AS "role that loses CREATE on schema public"`,
      sql`  FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_roles AS r ON r.oid = c.relowner`,
      sql`  WHERE c.relnamespace = 'public'::regnamespace AND NOT r.rolsuper${planned}`,
      sql`    AND NOT EXISTS (SELECT FROM pg_catalog.pg_namespace AS n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) AS g`,
      sql`      WHERE n.nspname = 'public' AND g.grantee <> 0 AND g.privilege_type = 'CREATE' AND pg_has_role(r.oid, g.grantee, 'USAGE'));`,
      sql`REVOKE CREATE ON SCHEMA public FROM PUBLIC;`,
    ],
    reason: { message: say('privileges.publicCreate', { database }), path: 'security.publicCreate' },
  };
}
