import type { Cause } from '../cause.ts';

export const nameNotFound: Cause = {
  id: 'name-not-found',
  layer: 'name',
  title: 'The name of the server cannot be looked up',
  explanation:
    'The client asked for the address of the name and got none, so nothing reached the server. No setting of PostgreSQL plays a part.',
  fix: 'Correct the name, or the search domain, DNS or hosts file of the client. In a container the name is that of the service, and both must share a network.',
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
  ],
  examples: [
    'psql: error: could not translate host name "db.example.com" to address: Name or service not known',
    'Error: getaddrinfo ENOTFOUND db.example.com',
    'Caused by: java.net.UnknownHostException: db.example.com',
    'System.Net.Sockets.SocketException (11001): No such host is known.',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
