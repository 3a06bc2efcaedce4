import { type Sql, sql } from '../quote/sql.ts';

/** The roles whose stored password is an MD5 hash. Only superusers read `pg_authid`. */
export const md5Roles = sql`
  SELECT rolname AS role, rolcanlogin AS may_log_in
    FROM pg_authid WHERE rolpassword LIKE 'md5%'
    ORDER BY rolname;
`;

/**
 * The network sessions that neither TLS nor GSS encrypts, except those of the host itself. 11 has no pg_stat_gssapi.
 */
export function unencryptedSessions(major: number): Sql {
  const [join, and] =
    major < 12 ? [sql``, sql``] : [sql` LEFT JOIN pg_stat_gssapi AS g USING (pid)`, sql` AND g.encrypted IS NOT TRUE`];
  return sql`
  SELECT a.pid, a.usename AS role, a.datname AS database, a.client_addr AS address, a.application_name, a.backend_start
    FROM pg_stat_activity AS a JOIN pg_stat_ssl AS s USING (pid)${join}
    WHERE a.client_addr IS NOT NULL AND NOT s.ssl${and}
      AND NOT a.client_addr <<= '127.0.0.0/8' AND NOT a.client_addr <<= '::1'
    ORDER BY a.backend_start;
`;
}
