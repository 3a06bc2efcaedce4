import type { Cause } from '../cause.ts';
import { logPlace } from '../command.ts';

export const otherMethodFailed: Cause = {
  id: 'other-method-failed',
  layer: 'method',
  title: 'External authentication failed',
  explanation:
    "The rule requires GSSAPI, SSPI, LDAP, PAM, BSD, RADIUS, or a certificate, and that service or check did not accept the user. The client isn't told why.",
  fix: 'Check the server log at this time for the reason. Fix what it names, not the rule.',
  commands: () => [logPlace],
  check:
    'The client connects. From 14 on, the log with log_connections says `connection authenticated` with the method.',
  otherwise: 'If the rule requires a password, the message is `password authentication failed`.',
  couldBe: [
    {
      cause: 'map-does-not-fit',
      what: 'A certificate for a name other than the role',
      tell: 'The log says `provided user name … do not match`.',
    },
    {
      what: "The service can't be reached, or its secret is wrong",
      tell: 'The log names the LDAP or RADIUS server.',
    },
  ],
  wordings: [
    'GSSAPI authentication failed',
    'SSPI authentication failed',

    'BSD authentication failed for user "…"',
    'LDAP authentication failed',
    'certificate authentication failed for user "…"',
    'RADIUS authentication failed',
    'authentication failed for user "…": invalid authentication method',
    'GSS Authentication failed',
    'accepting GSS security context failed',
    'GSSAPI context error',
    'LDAP login failed for user',
    'could not perform initial LDAP bind',
    'could not search LDAP',
    'LDAP user "…" does not exist',
    'LDAP user "…" is not unique',
    'timeout waiting for RADIUS response',
    'could not send RADIUS packet',
    'GSSAPI continuation error',
    'SSPI continuation error',
    'Cloud SQL IAM user authentication failed',
    'Cloud SQL IAM service account authentication failed',
  ],
  examples: [
    'FATAL:  LDAP authentication failed for user "app"',
    'FATAL:  certificate authentication failed for user "app"',
    'GSSAPI continuation error: Server not found in Kerberos database',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Authentication Methods',
      url: 'https://www.postgresql.org/docs/current/auth-methods.html',
    },
  ],
};
