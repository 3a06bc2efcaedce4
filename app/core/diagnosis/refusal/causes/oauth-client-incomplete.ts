import type { Cause } from '../cause.ts';

export const oauthClientIncomplete: Cause = {
  id: 'oauth-client-incomplete',
  layer: 'method',
  title: 'The client is not set up for OAuth',
  explanation:
    'The rule requires an OAuth token. libpq requests one only if the connection string names an issuer and a client ID, and if the library of the device flow is installed.',
  fix: 'Add oauth_issuer and oauth_client_id to the connection string. Install the package libpq-oauth (Debian, Ubuntu), or a libpq that was built with libcurl.',
  check: 'The client prints the URL where the user logs in.',
  otherwise:
    'If the client prints the URL and the login fails, the server log says why its validator rejected the token.',
  couldBe: [],
  wordings: [
    'server requires OAuth authentication, but oauth_issuer and oauth_client_id are not both set',
    'server requires OAuth authentication, but no discovery metadata was provided',
    'no OAuth flows are available',
  ],
  examples: [
    'psql: error: connection to server at "db.example.com" (203.0.113.10), port 5432 failed: server requires OAuth authentication, but oauth_issuer and oauth_client_id are not both set',
    'psql: error: connection to server at "db.example.com" (203.0.113.10), port 5432 failed: no OAuth flows are available (try installing the libpq-oauth package)',
  ],
  references: [
    { title: 'PostgreSQL manual, OAuth Support', url: 'https://www.postgresql.org/docs/current/libpq-oauth.html' },
  ],
};
