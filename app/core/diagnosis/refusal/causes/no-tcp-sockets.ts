import type { Cause } from '../cause.ts';
import { listeningSockets, ownAddresses } from '../command.ts';

export const noTcpSockets: Cause = {
  id: 'no-tcp-sockets',
  layer: 'socket',
  title: "The server couldn't listen on any address",
  explanation:
    'None of the addresses in listen_addresses could be bound, so the server stopped. The preceding lines in the log give the reason for each.',
  fix: 'Set listen_addresses to addresses that the server has, and restart it.',
  commands: () => [ownAddresses, listeningSockets],
  check:
    'After the start, the log says `listening on` for each address and `database system is ready to accept connections`.',
  otherwise:
    'If at least one address can be bound, the server starts and only warns: `could not create listen socket for`.',
  couldBe: [
    {
      cause: 'address-not-own',
      what: "An address that the server doesn't have",
      tell: 'The log says `Cannot assign requested address`.',
    },
    {
      cause: 'listen-name-unknown',
      what: "A name that can't be resolved",
      tell: 'The log says `could not translate host name`.',
    },
    { cause: 'address-in-use', what: 'A port that is already in use', tell: 'The log says `Address already in use`.' },
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
