import { sh, shWord } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient, fixOnClient } from '../command.ts';

export const clientKeyRefused: Cause = {
  id: 'client-key-refused',
  layer: 'tls',
  title: "The client's certificate or private key can't be used",
  explanation:
    "The client doesn't use a private key that other users can read. Without TLS settings, libpq looks for both files in ~/.postgresql of the account that HOME names, and fails if it may not read them.",
  fix: 'Make sure that HOME, or sslcert and sslkey, name files of the account that connects. Set the mode of the key to 0600 and its owner to the account that connects (`chmod 0600 client.key`). libpq reads PEM: convert a DER key with `openssl pkey -inform DER -in client.pk8 -out client.key`.',
  commands: ({ keyFile }) =>
    keyFile === undefined
      ? []
      : [checkOnClient(sh`ls -l ${shWord(keyFile)}`), fixOnClient(sh`chmod 0600 ${shWord(keyFile)}`)],
  check: '`ls -l` shows `-rw-------` and the account that runs the client, and the client connects.',
  otherwise:
    'If the key is used and the server rejects its certificate, the message is `alert unknown ca` or `alert bad certificate`.',
  couldBe: [],
  wordings: [
    'private key file "…" has group or world access',
    'could not load private key file',
    'certificate present, but not private key file',
    'private key file "…" must be owned',
    'Could not read SSL key file',
    'could not open certificate file "…"',
    'Private key file has group or world access',
    'Could not open SSL certificate file',
  ],
  examples: [
    'psql: error: private key file "/home/app/.postgresql/postgresql.key" has group or world access; file must have permissions u=rw (0600) or less',
    'could not open certificate file "/root/.postgresql/postgresql.crt": Permission denied',
    'pq: Private key file has group or world access. Permissions should be u=rw (0600) or less',
  ],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
