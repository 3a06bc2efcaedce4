import type { TargetPage } from '../page.ts';

export const certificatesPage: TargetPage = {
  id: 'certificates',
  title: 'Certificates of an authority of your own',
  summary:
    "One script makes the authority, the certificates of servers and clients, renews and revokes them; another puts the server's in place.",
  does: [
    'Keys that are there stay, certificates that still fit and are valid for a month stay, so it can run again.',
    "The server's certificate carries every name and address that clients use.",
    'The key is written so that PostgreSQL accepts it: its own account reads it and nobody else.',
    'make-certificates.sh renew makes new keys and certificates; a reload takes them, and open sessions go on.',
    'make-certificates.sh revoke NAME takes back every certificate that NAME ever got, where the plan has a revocation list.',
    'make-certificates.sh rotate announce, switch and retire replace the authority, with time in which both count.',
    'Each role gets one archive with its key, its certificate, the authority and a short README.',
  ],
  doesNot: [
    'Send anything anywhere: the key of the authority stays where it was made.',
    'Tell clients about the authority: each needs ca.crt.',
  ],
  undo: ['Restore the files that postgresql.conf named before, and reload'],
  pitfalls: [
    {
      text: 'A revocation list that has expired refuses every client certificate, so it must be renewed in time.',
      source: {
        title: 'OpenSSL, X509_VERIFY_PARAM_set_flags',
        url: 'https://docs.openssl.org/3.0/man3/X509_VERIFY_PARAM_set_flags/',
      },
    },
    {
      text: 'A revoked certificate keeps the sessions that it has; end them with pg_terminate_backend.',
      source: {
        title: 'PostgreSQL, Server Signaling Functions',
        url: 'https://www.postgresql.org/docs/current/functions-admin.html',
      },
    },
    {
      text: 'PostgreSQL refuses a key that others may read.',
      source: {
        title: 'PostgreSQL, Secure TCP/IP Connections with SSL',
        url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
      },
    },
    {
      text: 'Only sslmode=verify-full compares the name, so anything less can be led to another server.',
      source: { title: 'PostgreSQL, SSL Support', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
    },
  ],
};
