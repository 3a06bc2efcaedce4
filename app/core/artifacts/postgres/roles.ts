import type { AccessModel, Role } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { type Sql, sql, sqlDollar, sqlIdentifier, sqlLiteral } from '../../quote/sql.ts';
import { join } from '../../quote/template.ts';
import type { Block } from '../file.ts';
import type { Artifact } from '../list.ts';

/** `roles.sql`: roles, limits and CONNECT. It holds no password and can run again. */
export const rolesFile: Artifact = {
  page: 'roles',
  render(model) {
    return [
      {
        path: 'database-server/roles.sql',
        machine: 'database-server',
        title: say('file.roles'),
        language: 'sql',
        blocks: [
          session(model),
          ...superuserCheck(model),
          ...model.databases.map((name) => database(model, name)),
          ...model.roles.map(role),
          ...connectedNow(model),
          ...model.databases.map((name) => connect(model, name)),
          ...model.roles.filter(({ databases }) => databases === 'all').map(connectAll),
          ...passwords(model),
          md5Roles,
        ],
      },
    ];
  },
};

const list = (names: readonly string[]): Sql => join(names.map(sqlLiteral), sql`, `);

function session({ plan }: AccessModel): Block<'sql'> {
  return {
    lines: [
      sql`\set ON_ERROR_STOP on`,
      sql`SET standard_conforming_strings = on;`,
      sql`SET password_encryption = ${sqlLiteral(plan.security.passwordHashing)};`,
    ],
    reason: { message: say('roles.session'), path: 'security.passwordHashing' },
  };
}

function superuserCheck({ plan, roles }: AccessModel): Block<'sql'>[] {
  if (plan.security.remoteSuperuser || roles.length === 0) return [];
  const body = sqlDollar([
    sql`BEGIN`,
    sql`  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolsuper AND rolname IN (${list(roles.map(({ name }) => name))})) THEN`,
    sql`    RAISE EXCEPTION 'a role of this plan is a superuser; nothing was changed';`,
    sql`  END IF;`,
    sql`END`,
  ]);
  return [
    { lines: [sql`DO ${body};`], reason: { message: say('roles.noSuperuser'), path: 'security.remoteSuperuser' } },
  ];
}

function database({ plan }: AccessModel, name: string): Block<'sql'> {
  const index = plan.clients.findIndex(({ databases }) => databases !== 'all' && databases.includes(name));
  return {
    lines: [
      sql`SELECT format('CREATE DATABASE %I', ${sqlLiteral(name)})`,
      sql`  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = ${sqlLiteral(name)}) \gexec`,
    ],
    reason: { message: say('roles.database', { database: name }), path: `clients.${index}.databases` },
  };
}

function role({ name, replication, connectionLimit, validUntil, path }: Role): Block<'sql'> {
  // 24:00 is the end of the day (manual 8.5.1.2), so the password is taken on the last day too.
  const until = validUntil === null ? 'infinity' : `${validUntil} 24:00:00+00`;
  const attributes = [
    sql`LOGIN`,
    ...(replication ? [sql`REPLICATION`] : []),
    sql`CONNECTION LIMIT ${connectionLimit ?? -1}`,
    sql`VALID UNTIL ${sqlLiteral(until)}`,
  ];
  return {
    lines: [
      sql`SELECT format('CREATE ROLE %I', ${sqlLiteral(name)})`,
      sql`  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${sqlLiteral(name)}) \gexec`,
      sql`ALTER ROLE ${sqlIdentifier(name)} WITH ${join(attributes, ' ')};`,
    ],
    reason: { message: say(replication ? 'roles.roleReplication' : 'roles.role', { role: name }), path },
  };
}

/** Superusers connect without a grant, so they are not among those who lose one. */
function connectedNow({ plan, databases, roles }: AccessModel): Block<'sql'>[] {
  if (databases.length === 0) return [];
  const unaffected = [plan.server.superuser, ...roles.map(({ name }) => name)];
  return [
    {
      lines: [
        sql`SELECT DISTINCT datname AS "database", usename AS "role not in this plan"`,
        sql`  FROM pg_catalog.pg_stat_activity`,
        sql`  WHERE datname IN (${list(databases)}) AND usename NOT IN (${list(unaffected)});`,
      ],
      reason: { message: say('roles.publicUsers'), path: 'clients' },
    },
  ];
}

function connect({ plan, roles }: AccessModel, name: string): Block<'sql'> {
  const granted = roles.filter(({ databases }) => databases !== 'all' && databases.includes(name));
  const on = sqlIdentifier(name);
  return {
    lines: [
      sql`REVOKE CONNECT ON DATABASE ${on} FROM PUBLIC;`,
      ...granted.map((to) => sql`GRANT CONNECT ON DATABASE ${on} TO ${sqlIdentifier(to.name)};`),
    ],
    reason: {
      message: say('roles.connect', { database: name }),
      path: `clients.${plan.clients.findIndex(({ databases }) => databases !== 'all' && databases.includes(name))}.databases`,
    },
  };
}

function connectAll({ name, path }: Role): Block<'sql'> {
  return {
    lines: [
      sql`SELECT format('GRANT CONNECT ON DATABASE %I TO %I', datname, ${sqlLiteral(name)})`,
      sql`  FROM pg_catalog.pg_database WHERE datallowconn AND NOT datistemplate \gexec`,
    ],
    reason: { message: say('roles.connectAll', { role: name }), path },
  };
}

/** Commands for the prompt, as comments: `\password` asks, hashes on the client, and sends only the hash. */
function passwords({ roles }: AccessModel): Block<'sql'>[] {
  const asked = roles.filter(({ password }) => password);
  if (asked.length === 0) return [];
  return [
    {
      lines: asked.map(({ name }) => sql`--   \password ${sqlIdentifier(name)}`),
      reason: { message: say('roles.passwords'), path: 'clients' },
    },
  ];
}

const md5Roles: Block<'sql'> = {
  lines: [
    sql`SELECT rolname AS "role with an md5 password" FROM pg_catalog.pg_authid WHERE rolpassword LIKE 'md5%' ORDER BY rolname;`,
  ],
  reason: { message: say('roles.md5'), path: 'security.passwordHashing' },
};
