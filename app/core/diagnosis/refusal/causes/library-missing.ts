import type { Cause } from '../cause.ts';

export const libraryMissing: Cause = {
  id: 'library-missing',
  layer: 'method',
  title: 'A library that PostgreSQL loads for the login is missing',
  explanation:
    'PostgreSQL loads a validator library of OAuth (oauth_validator_libraries) and the libraries of session_preload_libraries only when a client connects. A reload accepts the name of a file that does not exist.',
  fix: 'Install the package with this library for this version of PostgreSQL, or correct the name in the setting and in the rule.',
  check: 'LOAD with the name of the library prints LOAD and no error, as the superuser.',
  otherwise: 'If LOAD succeeds and the login fails, the log has another message.',
  couldBe: [],
  wordings: ['could not access file "…"', 'could not load library "…"'],
  examples: [
    'psql: error: connection to server at "db.example.com" (203.0.113.10), port 5432 failed: FATAL:  could not access file "pg_oidc_validator": No such file or directory',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Shared Library Preloading',
      url: 'https://www.postgresql.org/docs/current/runtime-config-client.html#RUNTIME-CONFIG-CLIENT-PRELOAD',
    },
    {
      title: 'PostgreSQL manual, OAuth Authorization/Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-oauth.html',
    },
  ],
};
