import { type Document, manual, rfc, type Sourced, says, vendor } from '../source.ts';
import type { MigrationStep } from './step.ts';

/**
 * What a SCRAM login over TLS needs of the server certificate, whether a client requires channel binding or not: libpq
 * uses it by default.
 */
export const boundCertificate: readonly Sourced<Document>[] = says(
  rfc(5929, '4.1'),
  'If the server certificate is signed with Ed25519, SCRAM logins over TLS fail with “could not find digest for NID UNDEF”: channel binding, which libpq uses by default, is not defined for it. Use a certificate that is signed with RSA or ECDSA.',
);

/** What channel binding prevents, and which logins fail if a client requires it. */
const notes: readonly Sourced<Document>[] = [
  ...says(
    manual('preventing-server-spoofing', 'Preventing Server Spoofing'),
    'channel_binding=require mitigates server spoofing. Without it, an attacker whose rogue server intercepts a SCRAM exchange can analyze it offline to find the hashed password.',
  ),
  ...says(
    manual('libpq-connect', 'Database Connection Control Functions'),
    'It works only over TLS and with SCRAM. The login fails over an unencrypted connection, for a role with an MD5 hash, and where the rule that matches says trust, cert or another method.',
  ),
  ...says(
    manual('sasl-authentication', 'SASL Authentication'),
    'SCRAM-SHA-256-PLUS contains a hash of the server certificate that the client sees (tls-server-end-point). Behind a proxy that terminates TLS, that is not the certificate of PostgreSQL, so the login fails.',
  ),
  ...says(
    vendor('PgBouncer, scram.c', 'https://github.com/pgbouncer/pgbouncer/blob/master/src/scram.c'),
    "Clients of PgBouncer can't require it: PgBouncer does not support channel binding (as of 1.25.2).",
  ),
  ...says(
    { kind: 'manual', title: 'PostgreSQL 15.3, Release Notes', url: 'https://www.postgresql.org/docs/release/15.3/' },
    'With an RSA-PSS certificate, the server and libpq must be 11.20, 12.15, 13.11, 14.8, 15.3 or later.',
  ),
  ...boundCertificate,
];

/** The last step of both migrations, for each client that can take it. */
export const bindingStep = (id: 'scram-binding' | 'tls-binding'): MigrationStep => ({
  id,
  title: 'Require channel binding in the clients (optional)',
  text: 'When every role has a SCRAM hash and every client verifies the server over TLS, set the parameter in the table, in one client at a time. The client then logs in only with SCRAM-SHA-256-PLUS, so nobody between it and the server can relay the login.',
  notes,
  files: [],
  check: { text: 'Each client with the parameter logs in again.' },
  locksOut: 'A client with the parameter whose login does not use SCRAM over TLS to PostgreSQL itself.',
  back: { text: 'Remove the parameter from the client.' },
});
