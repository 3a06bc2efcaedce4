import type { Cause } from '../cause.ts';

export const oauthIssuerDiffers: Cause = {
  id: 'oauth-issuer-differs',
  layer: 'method',
  title: 'The OAuth issuer has another name than the client or the rule says',
  explanation:
    'libpq compares three names character by character: oauth_issuer of the client, issuer= of the rule in pg_hba.conf, and "issuer" in the discovery document. A final slash or a capital letter is a difference. libpq then sends no token.',
  fix: 'Copy the value of "issuer" from the discovery document into the rule and into oauth_issuer, and reload the server.',
  check: 'The client prints the URL where the user logs in.',
  otherwise: 'If the names are equal and the login fails, the server log says why its validator rejected the token.',
  couldBe: [],
  wordings: [
    'issuer identifier (…) does not match oauth_issuer (…)',
    'discovery document at … (issuer "…") is incompatible with oauth_issuer (…)',
  ],
  examples: [
    'psql: error: connection to server at "db.example.com" (203.0.113.10), port 5432 failed: failed to parse OpenID discovery document: the issuer identifier (https://login.example.com/) does not match oauth_issuer (https://login.example.com)',
    'psql: error: connection to server at "db.example.com" (203.0.113.10), port 5432 failed: server\'s discovery document at https://login.example.com/.well-known/openid-configuration (issuer "https://login.example.com") is incompatible with oauth_issuer (https://other.example.com)',
  ],
  references: [
    { title: 'PostgreSQL manual, OAuth Support', url: 'https://www.postgresql.org/docs/current/libpq-oauth.html' },
    {
      title: 'PostgreSQL manual, OAuth Authorization/Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-oauth.html',
    },
  ],
};
