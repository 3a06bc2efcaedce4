import type { Cause } from '../cause.ts';
import { logPlace } from '../command.ts';

export const oauthTokenRejected: Cause = {
  id: 'oauth-token-rejected',
  layer: 'method',
  title: 'The server rejected the OAuth token',
  explanation:
    "The client presented a token, and either the validator library did not accept it, or the library's name for the user may not log in as this role. The client isn't told why.",
  fix: 'Check the server log at this time. Fix what it names: the token at the provider, the map in pg_ident.conf, or the settings of the library.',
  commands: () => [logPlace],
  check: 'The client connects, and the log with log_connections says `connection authenticated` with method=oauth.',
  otherwise:
    'If the validator library is missing, the message is `could not access file`. If the client has no token, its message names oauth_issuer, oauth_client_id or the discovery document.',
  couldBe: [
    {
      cause: 'map-does-not-fit',
      what: 'The user is not in the map, or the library returns another claim than the map lists',
      tell: 'The log says `no match in usermap` or `provided user name … do not match`, with the name that the library returned.',
    },
    {
      what: 'The library could not check the token, for example because it does not reach the issuer over HTTPS',
      tell: 'The log says `internal error in OAuth validator module`, with a message of the library before it.',
    },
    {
      what: 'The token lacks a scope of the rule',
      tell: 'Compare scope= in the rule with the scope of the token. The provider must allow it for this client ID.',
    },
    {
      what: 'The token is for another audience, or has another issuer than the rule',
      tell: 'Compare "aud" and "iss" in the token with the settings of the library and with issuer= in the rule.',
    },
  ],
  wordings: [
    'OAuth bearer authentication failed for user "…"',
    'Validator failed to authorize the provided token',
    'Validator provided no identity',
    'internal error in OAuth validator module',
  ],
  examples: [
    'FATAL:  OAuth bearer authentication failed for user "app"',
    'DETAIL:  Validator failed to authorize the provided token.',
    'WARNING:  internal error in OAuth validator module',
  ],
  references: [
    {
      title: 'PostgreSQL manual, OAuth Authorization/Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-oauth.html',
    },
    {
      title: 'PostgreSQL manual, OAuth Validator Modules',
      url: 'https://www.postgresql.org/docs/current/oauth-validators.html',
    },
  ],
};
