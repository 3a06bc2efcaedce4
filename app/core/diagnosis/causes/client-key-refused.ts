import type { Cause } from '../cause.ts';

export const clientKeyRefused: Cause = {
  id: 'client-key-refused',
  layer: 'tls',
  title: 'The key of the client lies open or cannot be read',
  explanation: 'The client does not use a private key that others may read.',
  fix: 'Give the key mode 0600 and to the account that connects (`chmod 0600 client.key`).',
  couldBe: [],
  wordings: [
    'private key file "…" has group or world access',
    'could not load private key file',
    'certificate present, but not private key file',
    'private key file "…" must be owned',
    'Could not read SSL key file',
  ],
  examples: [
    'psql: error: private key file "/home/app/.postgresql/postgresql.key" has group or world access; file must have permissions u=rw (0600) or less',
  ],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
