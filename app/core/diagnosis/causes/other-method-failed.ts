import type { Cause } from '../cause.ts';

export const otherMethodFailed: Cause = {
  id: 'other-method-failed',
  layer: 'method',
  title: 'The outside proof of identity failed',
  explanation:
    'The record asks for GSSAPI, SSPI, LDAP, PAM, BSD, RADIUS, a certificate or OAuth, and that service or proof did not accept the user. The client is not told why.',
  fix: "Read the server's log at this time: it has the reason. Change what it names there, not the record.",
  couldBe: [
    {
      cause: 'map-does-not-fit',
      what: 'A certificate with another name than the role',
      tell: 'The log says `provided user name … do not match`.',
    },
    {
      what: 'The service cannot be reached, or its secret is wrong',
      tell: 'The log names the server of LDAP or RADIUS.',
    },
  ],
  wordings: [
    'GSSAPI authentication failed for user "…"',
    'SSPI authentication failed for user "…"',
    'PAM authentication failed for user "…"',
    'BSD authentication failed for user "…"',
    'LDAP authentication failed for user "…"',
    'certificate authentication failed for user "…"',
    'RADIUS authentication failed for user "…"',
    'OAuth bearer authentication failed for user "…"',
    'authentication failed for user "…": invalid authentication method',
  ],
  examples: [
    'FATAL:  LDAP authentication failed for user "app"',
    'FATAL:  certificate authentication failed for user "app"',
    'FATAL:  OAuth bearer authentication failed for user "app"',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Authentication Methods',
      url: 'https://www.postgresql.org/docs/current/auth-methods.html',
    },
  ],
};
