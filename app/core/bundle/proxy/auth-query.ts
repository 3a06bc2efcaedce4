import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { psqlConnect } from '../../quote/psql.ts';
import { type Sql, sql, sqlDollar, sqlIdentifier, sqlLiteral } from '../../quote/sql.ts';
import { join } from '../../quote/template.ts';
import type { Block, FileDraft } from '../file.ts';
import { proxied } from './proxied.ts';

/**
 * `pgbouncer.sql`: the function that returns the password hash of a role to PgBouncer. Before 1.19 PgBouncer queries
 * the database that the client requested (no `auth_dbname`), so each has it.
 */
export function authQuery(model: AccessModel, authRole: string, databases: readonly string[]): FileDraft<'sql'> {
  const { clients } = proxied(model, 'pgbouncer') ?? { clients: [] };
  const roles = [...new Set(clients.flatMap(({ client }) => client.roles))];
  return {
    path: 'database-server/pgbouncer.sql',
    phase: 'database',
    machine: 'database-server',
    title: say('authQuery.title'),
    intro: [say('authQuery.intro')],
    language: 'sql',
    blocks: [
      { lines: [sql`\set ON_ERROR_STOP on`, sql`SET standard_conforming_strings = on;`] },
      ...databases.map((name) => inDatabase(name, authRole, roles)),
    ],
  };
}

function inDatabase(database: string, authRole: string, roles: readonly string[]): Block<'sql'> {
  const role = sqlIdentifier(authRole);
  const list: Sql = join(roles.map(sqlLiteral), sql`, `);
  const body = sqlDollar([
    sql`  SELECT a.rolname, CASE WHEN a.rolvaliduntil OPERATOR(pg_catalog.<) pg_catalog.now() THEN NULL ELSE a.rolpassword END`,
    sql`    FROM pg_catalog.pg_authid AS a`,
    sql`    WHERE a.rolname OPERATOR(pg_catalog.=) wanted`,
    sql`      AND a.rolname IN (${list}) AND a.rolcanlogin AND NOT a.rolsuper`,
  ]);
  return {
    reason: { message: say('authQuery.database', { database, role: authRole }), path: 'network.proxy.authRole' },
    lines: [
      sql`\connect ${psqlConnect(database)}`,
      sql`SET standard_conforming_strings = on;`,
      sql`BEGIN;`,
      sql`CREATE SCHEMA IF NOT EXISTS postern_pgbouncer;`,
      sql`REVOKE ALL ON SCHEMA postern_pgbouncer FROM PUBLIC;`,
      sql`CREATE OR REPLACE FUNCTION postern_pgbouncer.get_auth(wanted pg_catalog.name, OUT usename pg_catalog.name, OUT passwd pg_catalog.text)`,
      sql`  RETURNS SETOF record LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp`,
      sql`  AS ${body};`,
      sql`REVOKE ALL ON FUNCTION postern_pgbouncer.get_auth(pg_catalog.name) FROM PUBLIC;`,
      sql`GRANT USAGE ON SCHEMA postern_pgbouncer TO ${role};`,
      sql`GRANT EXECUTE ON FUNCTION postern_pgbouncer.get_auth(pg_catalog.name) TO ${role};`,
      sql`COMMIT;`,
    ],
  };
}
