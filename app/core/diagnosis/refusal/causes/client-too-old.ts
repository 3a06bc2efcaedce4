import type { Cause } from '../cause.ts';

export const clientTooOld: Cause = {
  id: 'client-too-old',
  layer: 'method',
  title: 'The client library is too old for SCRAM',
  explanation:
    "The server requires scram-sha-256, and the client library doesn't support it. libpq supports it since version 10.",
  fix: 'Update the driver: libpq 10, JDBC 42.2, Npgsql 3.2.7, node-postgres 7.9 or later. Falling back to md5 weakens every password on the server.',
  check: 'The client connects with the new driver, and the rule still says scram-sha-256.',
  otherwise: 'If the client supports SCRAM and the password is wrong, the message is `password authentication failed`.',
  couldBe: [],
  wordings: [
    'SCRAM authentication requires libpq version 10 or above',
    'authentication method 10 not supported',
    'The authentication type 10 is not supported',
    'Authentication method not supported (Received: 10)',
    'Unknown authentication type: 10',
    'authentication type 10',
    'Unsupported authentication method: 10',
    'unknown authenticationOk message type',
    'SCRAM-SHA-256 authentication required by server but not supported',
    'Authentifizierungstyp 10 wird nicht unterst',
    'tipo de autenticação 10 não é suportado',
    'unknown authentication response: 10',
  ],
  examples: [
    'psql: SCRAM authentication requires libpq version 10 or above',
    'psql: authentication method 10 not supported',
    'org.postgresql.util.PSQLException: The authentication type 10 is not supported. Check that you have configured the pg_hba.conf file',
    'O tipo de autenticação 10 não é suportado.',
    'pq: unknown authentication response: 10',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
  ],
};
