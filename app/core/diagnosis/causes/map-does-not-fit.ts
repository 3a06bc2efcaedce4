import type { Cause } from '../cause.ts';

export const mapDoesNotFit: Cause = {
  id: 'map-does-not-fit',
  layer: 'method',
  title: 'The map of pg_ident.conf does not allow this pair of names',
  explanation:
    'The method proved who the client is, and no line of the map lets that name be this role. Without a map the two names must be equal.',
  fix: 'Connect as the role of the same name, or add one line MAP SYSTEM-USER ROLE to pg_ident.conf, name the map in the record with map=, and reload.',
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
