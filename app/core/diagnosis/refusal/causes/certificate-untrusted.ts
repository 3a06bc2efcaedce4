import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { handshake } from '../command.ts';

export const certificateUntrusted: Cause = {
  id: 'certificate-untrusted',
  layer: 'tls',
  title: "The client doesn't trust the server certificate",
  explanation: 'The certificate is not signed by a CA that the client has.',
  fix: "Give the client the certificate of the server's CA (sslrootcert; `ca` in node-postgres; Root Certificate in Npgsql; sslrootcert in JDBC). Without verification, anyone on the network path can impersonate the server and read everything.",
  commands: (facts) => handshake(facts, sh`-subject -issuer`),
  check: "With sslmode=verify-full and the CA's certificate, the client connects.",
  otherwise: 'If only the name is wrong, the message is `server certificate for "…" does not match host name`.',
  couldBe: [],
  wordings: [
    'verify error:num=19',
    'verify error:num=20',
    'CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get',
    'self-signed certificate',
    'self signed certificate',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'unable to verify the first certificate',
    'unable to get local issuer certificate',
    'PKIX path building failed',
    'unable to find valid certification path',
    'The remote certificate is invalid',
    'The remote certificate was rejected',
    'UnknownIssuer',
    'certificate signed by unknown authority',
    'certificate is not trusted',
    'Path does not chain with any of the trust anchors',
  ],
  examples: [
    'Error: self-signed certificate in certificate chain',
    'SSL error: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
    'invalid peer certificate: UnknownIssuer',
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'LOG:  could not accept SSL connection: tlsv1 alert unknown ca',
  ],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
