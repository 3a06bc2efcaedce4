import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { handshake } from '../command.ts';

export const certificateUnsuitable: Cause = {
  id: 'certificate-unsuitable',
  layer: 'tls',
  title: "The certificate isn't a server certificate that the client accepts",
  explanation:
    'The client knows the certificate, but not as one for a server: it is a CA certificate, an X.509 certificate of version 1, or its extended key usage lacks server authentication. OpenSSL is less strict about this than rustls.',
  fix: 'Issue a server certificate from the CA: version 3, basicConstraints CA:FALSE, extendedKeyUsage serverAuth, and the server name in subjectAltName. Give the clients the CA certificate, and set ssl_cert_file and ssl_key_file to the new files.',
  commands: (facts) => handshake(facts, sh`-ext basicConstraints,extendedKeyUsage,subjectAltName`),
  check: 'The client connects with the same sslmode.',
  otherwise:
    "If the client doesn't know the CA at all, the message is `UnknownIssuer` or `unable to get local issuer certificate`.",
  couldBe: [],
  wordings: [
    'CaUsedAsEndEntity',
    'UnsupportedCertVersion',
    'unsuitable certificate purpose',
    'unsupported certificate purpose',
    'InvalidPurpose',
    'certificate specifies an incompatible key usage',
    'certificate is not standards compliant',
  ],
  examples: [
    'error performing TLS handshake: invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))',
    'x509: certificate specifies an incompatible key usage',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Secure TCP/IP Connections with SSL',
      url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
    },
  ],
};
