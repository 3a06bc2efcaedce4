import type { Cause } from '../cause.ts';

export const notPostgresql: Cause = {
  id: 'not-postgresql',
  layer: 'network',
  title: 'The two do not speak the same protocol',
  explanation:
    'One end is not PostgreSQL: another service holds the port, a proxy answers, or a scanner or web browser knocked at the server.',
  fix: "See which program holds the port with `ss -ltnp`, and correct host and port of the client. Lines in the server's log about strangers mean that the port is reachable for them: limit the sources in the firewall.",
  couldBe: [],
  wordings: [
    'received invalid response to SSL negotiation',
    'expected authentication request from server, but received',
    'invalid length of startup packet',
    'unsupported frontend protocol',
    'received unencrypted data after SSL request',
    'received direct SSL connection request without ALPN',
  ],
  examples: ['psql: error: received invalid response to SSL negotiation: H', 'LOG:  invalid length of startup packet'],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
