import type { Cause } from '../cause.ts';

export const poolerServerFailed: Cause = {
  id: 'pooler-server-failed',
  layer: 'server',
  title: 'The connection pooler has no connection to PostgreSQL',
  explanation:
    "The client reached Odyssey, whose own connection to the server failed. Odyssey gives the client the same message whether the server can't be reached or rejects the pooler's login.",
  fix: 'Read the logs of Odyssey and of PostgreSQL at this time. If PostgreSQL logged nothing, check host and port of the storage in odyssey.conf and the firewall between the two. If it logged a rejection, fix what it names: usually storage_user or storage_password of the route.',
  check: "`psql` connects from the pooler's host to the server with the role and password of the route.",
  otherwise: 'If Odyssey itself rejected the client, the message would name its route, TLS or password.',
  couldBe: [
    {
      cause: 'pooler-server-unreachable',
      what: "PostgreSQL can't be reached from the pooler's host",
      tell: "Odyssey's log has `Connection refused` or a timeout, and PostgreSQL's log has no line of that time.",
    },
    {
      cause: 'pooler-login-failed',
      what: 'PostgreSQL rejects the pooler',
      tell: "PostgreSQL's log has the rejection, with the pooler's address.",
    },
  ],
  wordings: ['failed to connect to remote server', 'failed to get remote server connection', 'OD_ESERVER_CONNECT'],
  examples: [
    'FATAL:  odyssey: c1a2b3c4d5e6f: failed to connect to remote server s1a2b3c4d5e6f',
    "344 2026-11-30T02:23:39Z info [c09e18c7c01c9 s38e8bf0cc299] (main) client disconnected, addr '127.0.0.1:38138', io error = Broken pipe, status OD_ESERVER_CONNECT, working time 8448us",
  ],
  references: [{ title: 'Odyssey, configuration', url: 'https://github.com/yandex/odyssey' }],
};
