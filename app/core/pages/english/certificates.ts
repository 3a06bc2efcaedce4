import { file, manual, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const life = test('e2e/server/proofs/certificate-life.test.ts');
const libpqSsl = manual('libpq-ssl', 'SSL Support');
const sslTcp = manual('ssl-tcp', 'Secure TCP/IP Connections with SSL');

export const certificatesPage: TargetPage = {
  id: 'certificates',
  title: 'Certificates from a private CA',
  summary:
    "One script creates the CA and the certificates of servers and clients, and renews and revokes them; another installs the server's.",
  does: [
    ...says(life, 'Safe to re-run: existing keys, and certificates valid for at least another month, are kept.'),
    ...says(
      test('app/core/bundle/tls/tls.test.ts'),
      'The server certificate contains every name and address that clients use.',
    ),
    ...says(
      test('e2e/server/proofs/presets.test.ts'),
      "The key file has the permissions that PostgreSQL requires: only the server's own account can read it.",
    ),
    ...says(
      life,
      'The CA key is encrypted with a passphrase unless you pass --no-passphrase, and never leaves the machine where it was created.',
    ),
    ...says(
      file('app/core/bundle/tls/machines.ts'),
      'The results are sorted into one directory per machine, with only the files that it needs.',
    ),
    ...says(
      life,
      'make-certificates.sh renew creates new keys and certificates; a reload activates them, and open sessions continue.',
      'make-certificates.sh revoke NAME revokes every certificate issued to NAME, if the plan has a certificate revocation list (CRL).',
      'make-certificates.sh rotate announce, switch and retire replace the CA, with a period in which both are trusted.',
      'Each role gets one archive with its key, its certificate, the CA certificate and a short README.',
    ),
  ],
  doesNot: [
    ...says(file('app/core/bundle/tls/authority.ts'), 'Send anything anywhere: the CA key stays where it was created.'),
    ...says(libpqSsl, 'Distribute the CA certificate to clients: each needs ca.crt.'),
  ],
  undo: says(sslTcp, 'Restore the files that postgresql.conf named before, and reload'),
  pitfalls: [
    ...says(
      vendor('OpenSSL, X509_VERIFY_PARAM_set_flags', 'https://docs.openssl.org/3.0/man3/X509_VERIFY_PARAM_set_flags/'),
      'With an expired revocation list, every client certificate is rejected, so it must be renewed in time.',
    ),
    ...says(
      manual('functions-admin', 'System Administration Functions'),
      "Revoking a certificate doesn't end its open sessions; end them with pg_terminate_backend.",
    ),
    ...says(sslTcp, 'PostgreSQL rejects a key file that other users can read.'),
    ...says(
      libpqSsl,
      'Only sslmode=verify-full compares the name; with anything less, a client can be redirected to another server.',
    ),
  ],
};
