import type { TargetPage } from '../page.ts';

export const certificatesPage: TargetPage = {
  id: 'certificates',
  title: 'Certificates of an authority of your own',
  summary:
    "One script makes the authority, the certificate of the server and those of the clients; another puts the server's in place.",
  does: [
    'Keys that are there stay, certificates that still fit and are valid for a month stay, so it can run again.',
    "The server's certificate carries every name and address that clients use.",
    'The key is written so that PostgreSQL accepts it: its own account reads it and nobody else.',
  ],
  doesNot: [
    'Send anything anywhere: the key of the authority stays where it was made.',
    'Tell clients about the authority: each needs ca.crt.',
  ],
  undo: ['Restore the files that postgresql.conf named before, and reload'],
  pitfalls: [
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
