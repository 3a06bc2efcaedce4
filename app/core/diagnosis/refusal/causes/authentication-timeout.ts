import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql } from '../command.ts';

export const authenticationTimeout: Cause = {
  id: 'authentication-timeout',
  layer: 'method',
  title: 'The login took too long',
  explanation:
    'The client connected and did not finish its login within authentication_timeout (60 seconds by default). It waits for somebody to type the password, it only holds the port open, or the LDAP, RADIUS, PAM or IAM service behind the method answers too late.',
  fix: "Find out who waits. With an external method, read the log lines before this one, and test that service from the server. Otherwise look at the client's address, which log_connections adds to the log. A longer authentication_timeout only helps if the service is slow by design.",
  commands: () => [checkInPsql(sql`SHOW authentication_timeout;`)],
  check: 'The client connects within a few seconds, and the log has no new `canceling authentication due to timeout`.',
  otherwise: 'If a firewall drops the packets, the client itself reports a timeout, and the server logs nothing.',
  couldBe: [],
  wordings: ['canceling authentication due to timeout'],
  examples: ['FATAL:  canceling authentication due to timeout'],
  references: [
    {
      title: 'PostgreSQL manual, Connections and Authentication',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
  ],
};
