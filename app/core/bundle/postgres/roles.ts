import { grouped } from '../../grouped.ts';
import { say } from '../../messages/message.ts';
import type { AccessModel, Role } from '../../model/model.ts';
import { GRANTED_ONE_BY_ONE } from '../../plan/size.ts';
import { commentedOut } from '../../quote/comment.ts';
import { type Sql, sql, sqlDollar, sqlIdentifier, sqlLiteral } from '../../quote/sql.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block, GuideEntry } from '../file.ts';
import { privileges } from './privileges.ts';

/** `roles.sql`: roles, limits and CONNECT. It contains no password and is safe to run again. */
export const rolesFile: Artifact = {
  page: 'roles',
  render(model) {
    const granted = grouped(
      model.roles.flatMap(({ name, databases }) =>
        databases === 'all' ? [] : databases.map((database) => [database, name] as const),
      ),
    );
    const paths = databasePaths(model);
    return [
      {
        path: 'database-server/roles.sql',
        phase: 'database',
        guide: guideOf(model),
        machine: 'database-server',
        title: say('file.roles'),
        language: 'sql',
        blocks: [
          session(model),
          ...superuserCheck(model),
          ...losingConnect(model),
          ...model.databases.map((name) => database(name, paths.get(name) ?? 'clients')),
          ...model.roles.map(role),
          ...leftAsTheyWere(model),
          ...model.databases.map((name) => connect(model, name, granted.get(name) ?? [], paths.get(name) ?? 'clients')),
          ...outsideConnect(model),
          ...model.roles.filter(({ databases }) => databases === 'all').map(connectAll),
          ...monitoring(model),
          ...passwords(model),
          md5Roles,
          ...privileges(model),
        ],
      },
    ];
  },
};

const list = (names: readonly string[]): Sql => join(names.map(sqlLiteral), sql`, `);

/** `psql` runs as another account on these platforms, which may not read the administrator's home directory. */
function guideOf({ platform, roles }: AccessModel): GuideEntry {
  const switchesAccount = ['debian', 'rhel', 'source'].includes(platform.platform);
  return {
    title: say('guide.step.roles'),
    ...(switchesAccount && { after: say('guide.changeDirectory') }),
    passwords: roles.flatMap(({ name, password }) => (password ? [name] : [])),
  };
}

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

/** The answer that first names each database. */
function databasePaths({ plan }: AccessModel): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [index, { databases }] of plan.clients.entries()) {
    if (databases === 'all') continue;
    for (const name of databases) if (!found.has(name)) found.set(name, `clients.${index}.databases`);
  }
  return found;
}

function database(name: string, path: string): Block<'sql'> {
  return {
    lines: [
      sql`SELECT format('CREATE DATABASE %I', ${sqlLiteral(name)})`,
      sql`  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = ${sqlLiteral(name)}) \gexec`,
    ],
    reason: { message: say('roles.database', { database: name }), path },
  };
}

/**
 * A missing role is created with LOGIN and no other privilege. An existing one keeps everything that the plan does not
 * state: an expired password must not become valid again, and a role that someone disabled must stay disabled.
 */
function role({ name, replication, connectionLimit, validUntil, path }: Role): Block<'sql'> {
  const stated = [
    ...(replication ? [sql`REPLICATION`] : []),
    ...(connectionLimit === null ? [] : [sql`CONNECTION LIMIT ${connectionLimit}`]),
    // 24:00 is the end of the day (manual 8.5.1.2), so the password is valid on the last day too.
    ...(validUntil === null ? [] : [sql`VALID UNTIL ${sqlLiteral(`${validUntil} 24:00:00+00`)}`]),
  ];
  return {
    lines: [
      sql`SELECT format('CREATE ROLE %I LOGIN${replication ? sql` REPLICATION` : sql``}', ${sqlLiteral(name)})`,
      sql`  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${sqlLiteral(name)}) \gexec`,
      ...(replication ? [gainsReplication(name)] : []),
      ...(stated.length === 0 ? [] : [sql`ALTER ROLE ${sqlIdentifier(name)} WITH ${join(stated, ' ')};`]),
    ],
    reason: { message: say(replication ? 'roles.roleReplication' : 'roles.role', { role: name }), path },
  };
}

const gainsReplication = (name: string): Sql =>
  sql`SELECT rolname AS "existing role that gets REPLICATION" FROM pg_catalog.pg_roles WHERE rolname = ${sqlLiteral(name)} AND NOT rolreplication;`;

/** Attributes that the plan does not state but that affect its access, each with its meaning. */
function leftAsTheyWere({ roles }: AccessModel): Block<'sql'>[] {
  if (roles.length === 0) return [];
  const unless = (states: (role: Role) => boolean): Sql => {
    const names = roles.filter(states).map(({ name }) => name);
    return names.length === 0 ? sql`` : sql` AND rolname NOT IN (${list(names)})`;
  };
  const attributes = [
    sql`CASE WHEN rolsuper THEN 'SUPERUSER' END`,
    sql`CASE WHEN rolcreaterole THEN 'CREATEROLE' END`,
    sql`CASE WHEN rolcreatedb THEN 'CREATEDB' END`,
    sql`CASE WHEN rolbypassrls THEN 'BYPASSRLS' END`,
    sql`CASE WHEN rolreplication${unless(({ replication }) => replication)} THEN 'REPLICATION' END`,
    sql`CASE WHEN NOT rolcanlogin THEN 'NOLOGIN: cannot connect' END`,
    sql`CASE WHEN rolvaliduntil <= now()${unless(({ validUntil }) => validUntil !== null)} THEN 'password expired ' || rolvaliduntil END`,
    sql`CASE WHEN rolconnlimit = 0${unless(({ connectionLimit }) => connectionLimit !== null)} THEN 'CONNECTION LIMIT 0: cannot connect' END`,
  ];
  return [
    {
      lines: [
        sql`SELECT rolname AS "role", attributes AS "left as it was"`,
        sql`  FROM pg_catalog.pg_roles,`,
        sql`    LATERAL (SELECT concat_ws(', ',`,
        sql`      ${join(
          attributes,
          sql`,
      `,
        )}) AS attributes) AS kept`,
        sql`  WHERE rolname IN (${list(roles.map(({ name }) => name))}) AND attributes <> '' ORDER BY rolname;`,
      ],
      reason: { message: say('roles.leftAsTheyWere'), path: 'clients' },
    },
  ];
}

/**
 * Stops where someone would lose CONNECT, unless `-v revoke_connect=yes` says that this is intended: login roles outside
 * the plan that can connect to a database of the plan through PUBLIC alone. Superusers connect without a grant.
 */
function losingConnect({ plan, databases, roles }: AccessModel): Block<'sql'>[] {
  if (plan.security.publicConnect === 'keep' || databases.length === 0) return [];
  const unaffected = [plan.server.superuser, ...roles.map(({ name }) => name)];
  const body = sqlDollar([
    sql`DECLARE`,
    sql`  losing text;`,
    sql`BEGIN`,
    sql`  SELECT string_agg(format('%I (database %I, %s sessions now)', r.rolname, d.datname,`,
    sql`      (SELECT count(*) FROM pg_catalog.pg_stat_activity AS a WHERE a.usesysid = r.oid AND a.datid = d.oid)), ', ' ORDER BY r.rolname, d.datname)`,
    sql`    INTO losing`,
    sql`    FROM pg_catalog.pg_database AS d CROSS JOIN pg_catalog.pg_roles AS r`,
    sql`    WHERE d.datname IN (${list(databases)})`,
    sql`      AND r.rolcanlogin AND NOT r.rolsuper AND r.rolname NOT IN (${list(unaffected)})`,
    sql`      AND EXISTS (SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS g`,
    sql`        WHERE g.grantee = 0 AND g.privilege_type = 'CONNECT')`,
    sql`      AND NOT EXISTS (SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS g`,
    sql`        WHERE g.grantee <> 0 AND g.privilege_type = 'CONNECT' AND pg_has_role(r.oid, g.grantee, 'USAGE'));`,
    sql`  IF losing IS NULL THEN`,
    sql`    RETURN;`,
    sql`  ELSIF current_setting('postern.revoke_connect') = 'yes' THEN`,
    sql`    RAISE NOTICE 'These roles can no longer connect: %', losing;`,
    sql`  ELSE`,
    sql`    RAISE EXCEPTION 'roles outside this plan would lose CONNECT; nothing was changed'`,
    sql`      USING DETAIL = losing, HINT = ${sqlLiteral(say('roles.losingHint').text)};`,
    sql`  END IF;`,
    sql`END`,
  ]);
  return [
    {
      lines: [
        sql`\if :{?revoke_connect}`,
        sql`\else`,
        sql`\set revoke_connect no`,
        sql`\endif`,
        sql`SET postern.revoke_connect = :'revoke_connect';`,
        sql`DO ${body};`,
      ],
      reason: { message: say('roles.losingConnect'), path: 'security.publicConnect' },
    },
  ];
}

function connect({ plan }: AccessModel, name: string, granted: readonly string[], path: string): Block<'sql'> {
  const on = sqlIdentifier(name);
  const roles = granted.map(sqlIdentifier);
  const grants = roles.length > GRANTED_ONE_BY_ONE ? [join(roles, sql`, `)] : roles;
  const revoked = plan.security.publicConnect === 'revoke';
  return {
    lines: [
      // Grants come first, so that a role of the plan that connects through PUBLIC can connect at every moment.
      ...grants.map((to) => sql`GRANT CONNECT ON DATABASE ${on} TO ${to};`),
      ...(revoked ? [sql`REVOKE CONNECT ON DATABASE ${on} FROM PUBLIC;`] : []),
    ],
    reason: { message: say(revoked ? 'roles.connect' : 'roles.connectKept', { database: name }), path },
  };
}

/** Local services may use databases that no client names. PUBLIC keeps what it has there; a missing one is not created. */
function outsideConnect({ plan, databases }: AccessModel): Block<'sql'>[] {
  return plan.administration.services.flatMap(({ role, databases: own }, index): Block<'sql'>[] => {
    const outside = own === 'all' ? [] : own.filter((name) => !databases.includes(name));
    if (outside.length === 0) return [];
    return [
      {
        lines: [
          sql`SELECT format('GRANT CONNECT ON DATABASE %I TO %I', datname, ${sqlLiteral(role)})`,
          sql`  FROM pg_catalog.pg_database WHERE datname IN (${list(outside)}) \gexec`,
        ],
        reason: { message: say('roles.connectService', { role }), path: `administration.services.${index}.databases` },
      },
    ];
  });
}

/** `pg_monitor` reads the statistics of all sessions and no data (manual, Predefined Roles). */
function monitoring({ plan }: AccessModel): Block<'sql'>[] {
  const roles = plan.administration.services.filter(({ kind }) => kind === 'monitoring').map(({ role }) => role);
  return [...new Set(roles)].map((role) => ({
    lines: [sql`GRANT pg_monitor TO ${sqlIdentifier(role)};`],
    reason: { message: say('roles.monitoring', { role }), path: 'administration.services' },
  }));
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
      lines: asked.map(({ name }) => commentedOut('--', sql`   \password ${sqlIdentifier(name)}`)),
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
