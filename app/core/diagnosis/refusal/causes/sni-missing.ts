import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient } from '../command.ts';

export const sniMissing: Cause = {
  id: 'sni-missing',
  layer: 'tls',
  title: "The client doesn't send the server's name in the TLS handshake",
  explanation:
    "A service that hosts many databases on one address tells them apart by the name in the TLS handshake (SNI). This client's library sends none: libpq does so since version 14.",
  fix: "Update the client's library (libpq 14 or later, or a driver that sends SNI). Until then, pass the endpoint in the options parameter as the message says.",
  commands: () => [checkOnClient(sh`psql --version`)],
  check: '`psql --version` shows 14 or later, and the client connects without the endpoint in options.',
  otherwise: "If the client doesn't use TLS at all, Neon says `connection is insecure`.",
  couldBe: [],
  wordings: ['Endpoint ID is not specified'],
  examples: [
    'ERROR:  Endpoint ID is not specified. Either please upgrade the postgres client library (libpq) for SNI support or pass the endpoint ID (first part of the domain name) as a parameter',
  ],
  references: [
    { title: 'Neon documentation, Connection errors', url: 'https://neon.com/docs/connect/connection-errors' },
  ],
};
