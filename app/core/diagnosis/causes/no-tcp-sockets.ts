import type { Cause } from '../cause.ts';

export const noTcpSockets: Cause = {
  id: 'no-tcp-sockets',
  layer: 'socket',
  title: 'The server could not listen to any address',
  explanation:
    'None of the addresses in listen_addresses could be bound, so the server ended. The lines above this one in the log say why for each.',
  fix: 'Correct listen_addresses to what the server itself has and restart it.',
  couldBe: [
    {
      cause: 'address-not-own',
      what: 'An address that the server does not have',
      tell: 'The log says `Cannot assign requested address`.',
    },
    {
      cause: 'listen-name-unknown',
      what: 'A name that cannot be looked up',
      tell: 'The log says `could not translate host name`.',
    },
    { cause: 'address-in-use', what: 'A port that is taken', tell: 'The log says `Address already in use`.' },
  ],
  wordings: ['could not create any TCP/IP sockets'],
  examples: ['FATAL:  could not create any TCP/IP sockets'],
  references: [
    {
      title: 'PostgreSQL manual, Connection Settings',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
  ],
};
