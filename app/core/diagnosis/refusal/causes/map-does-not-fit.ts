import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, reload } from '../command.ts';

export const mapDoesNotFit: Cause = {
  id: 'map-does-not-fit',
  layer: 'method',
  title: "The map in pg_ident.conf doesn't allow this pair of names",
  explanation:
    'The client authenticated, but no line of the map allows its name to connect as this role. Without a map, the two names must be equal.',
  fix: 'Connect as the role with the same name, or add a line MAP SYSTEM-USER ROLE to pg_ident.conf, name the map in the rule with map=, and reload.',
  commands: ({ major }) => [
    checkInPsql(major >= 15 ? sql`SELECT * FROM pg_ident_file_mappings;` : sql`SHOW ident_file;`),
    reload,
  ],
  check: 'The client connects. From 15 on, pg_ident_file_mappings shows the line without an error.',
  otherwise: 'If the authentication itself fails, the log has neither `no match in usermap` nor `do not match`.',
  couldBe: [],
  wordings: [
    'no match in usermap "…"',
    'provided user name (…) and authenticated user name (…) do not match',
    'regular expression match for "…" failed',
    'has no subexpressions as requested by backreference',
  ],
  examples: [
    'LOG:  no match in usermap "ops" for user "app" authenticated as "alice"',
    'LOG:  provided user name (postgres) and authenticated user name (alice) do not match',
  ],
  references: [
    {
      title: 'PostgreSQL manual, User Name Maps',
      url: 'https://www.postgresql.org/docs/current/auth-username-maps.html',
    },
    { title: 'PostgreSQL manual, Peer Authentication', url: 'https://www.postgresql.org/docs/current/auth-peer.html' },
  ],
};
