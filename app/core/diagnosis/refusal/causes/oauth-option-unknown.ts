import type { Cause } from '../cause.ts';
import { reload } from '../command.ts';

export const oauthOptionUnknown: Cause = {
  id: 'oauth-option-unknown',
  layer: 'method',
  title: 'The validator library has no option with this name',
  explanation:
    'The rule sets an option of the validator library (validator.NAME, from 19 on). A reload accepts every name, because PostgreSQL loads the library only at a login. Then each login of the rule fails.',
  fix: 'Correct the name as the documentation of the library shows, or remove the option, and reload.',
  commands: () => [reload],
  check: 'A login no longer logs the warning about the option.',
  otherwise: 'If the warning is gone and the login fails, the log says why the validator rejected the token.',
  couldBe: [],
  wordings: ['did not define an option named "…"'],
  examples: [
    'DETAIL:  The installed validator module ("pg_oidc_validator") did not define an option named "audiense".',
  ],
  references: [
    {
      title: 'PostgreSQL manual, OAuth Authorization/Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-oauth.html',
    },
  ],
};
