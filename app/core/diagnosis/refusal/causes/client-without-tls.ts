import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient } from '../command.ts';

export const clientWithoutTls: Cause = {
  id: 'client-without-tls',
  layer: 'tls',
  title: 'The client library is built without TLS',
  explanation: "sslmode requires TLS, and this libpq or driver can't do it. It rejects the setting before it connects.",
  fix: "Install the build of the library or driver that supports TLS. Don't lower sslmode: without TLS everything crosses the network unencrypted.",
  commands: () => [checkOnClient(sh`psql --version`)],
  check: 'The client connects with the same sslmode.',
  otherwise: 'If the server has TLS off, the message is `server does not support SSL, but SSL was required`.',
  couldBe: [],
  wordings: ['invalid when SSL support is not compiled in', 'SSL support is not compiled in'],
  examples: ['sslmode value "require" invalid when SSL support is not compiled in'],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
