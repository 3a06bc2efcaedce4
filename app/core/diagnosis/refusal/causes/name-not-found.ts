import type { Cause } from '../cause.ts';
import { resolveOnClient } from '../command.ts';

export const nameNotFound: Cause = {
  id: 'name-not-found',
  layer: 'name',
  title: "The server's name can't be resolved",
  explanation:
    "The client couldn't resolve the name to an address, so nothing reached the server. No PostgreSQL setting is involved.",
  fix: "Fix the name, or the client's search domain, DNS or hosts file. In a container, the name is the service's name, and both containers must share a network.",
  commands: resolveOnClient,
  check: "On the client, or in its container, `getent ahosts NAME` prints the server's address.",
  otherwise:
    'If the name resolves and nothing answers, the message is `Connection refused` or `Connection timed out`, and psql prints the address after the name.',
  couldBe: [],
  wordings: [
    'could not translate host name "…" to address',
    'getaddrinfo ENOTFOUND',
    'getaddrinfo EAI_AGAIN',
    'java.net.UnknownHostException',
    'No such host is known',
    'Name or service not known',
    'nodename nor servname provided',
    'Temporary failure in name resolution',
    ': no such host',
    'hostname resolving error',
    'failed to lookup address information',
    ':nxdomain',
    'getaddrinfo failed',
  ],
  examples: [
    'psql: error: could not translate host name "db.example.com" to address: Name or service not known',
    'Error: getaddrinfo ENOTFOUND db.example.com',
    'Caused by: java.net.UnknownHostException: db.example.com',
    'System.Net.Sockets.SocketException (11001): No such host is known.',
    'hostname resolving error: lookup db on 127.0.0.11:53: no such host',
    'failed to lookup address information: Name does not resolve',
    'socket.gaierror: [Errno 11001] getaddrinfo failed',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
