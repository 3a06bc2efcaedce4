import { HOSTS_MANUAL } from '../../../audit/hosts-rules/manual.ts';
import { sh } from '../../../quote/sh.ts';
import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, handshake } from '../command.ts';

export const hostNameNotListed: Cause = {
  id: 'host-name-not-listed',
  layer: 'tls',
  title: 'pg_hosts.conf has no certificate for the host name',
  explanation:
    'With `ssl_sni` on, PostgreSQL 19 chooses the certificate by the host name that the client sends in the TLS handshake (SNI). It rejects a name that no line of pg_hosts.conf lists, and without a line for `*` or `/no_sni/` also clients that send none: those that connect to an IP address, and libpq with sslsni=0.',
  fix: 'Add a line for this host name to pg_hosts.conf, or one for `*`, which serves every other name and clients without SNI. Then reload. Names are compared as a whole: `*.example.com` matches no client.',
  commands: (facts) => [
    ...(facts.major >= 19 ? [checkInPsql(sql`SHOW ssl_sni;`, sql`SHOW hosts_file;`)] : []),
    ...handshake(facts, sh`-subject -ext subjectAltName`),
  ],
  check:
    'The log has no error about pg_hosts.conf after the reload, and the client connects with the same host name, with sslmode=verify-full if it verifies the server.',
  otherwise:
    'If the certificate is found but lacks the name, the client says `server certificate for "…" does not match host name`.',
  couldBe: [],
  wordings: [
    'tlsv1 unrecognized name',
    'tls: unrecognized name',
    'Received fatal alert: unrecognized_name',
    'received fatal alert: UnrecognisedName',
    'could not accept SSL connection: callback failed',
    'no hostname provided in callback, and no fallback configured',
  ],
  examples: [
    'psql: error: connection to server at "10.0.0.5", port 5432 failed: SSL error: tlsv1 unrecognized name',
    'LOG:  could not accept SSL connection: callback failed',
    'LOG:  no hostname provided in callback, and no fallback configured',
    'remote error: tls: unrecognized name',
    'javax.net.ssl.SSLHandshakeException: Received fatal alert: unrecognized_name',
    'error performing TLS handshake: received fatal alert: UnrecognisedName',
  ],
  references: [HOSTS_MANUAL],
};
