import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnServer } from '../command.ts';

export const serverSocketMissing: Cause = {
  id: 'server-socket-missing',
  layer: 'socket',
  title: 'No server listens on this Unix socket',
  explanation:
    'The client tried the Unix-domain socket of its own host. Either no server runs there, or its socket is in another directory or uses another port.',
  fix: 'Check that the server is running, compare `SHOW unix_socket_directories` and the port with the path in the message, and specify the directory with `-h`. For a server on another host, specify that host with `-h`.',
  commands: () => [checkOnServer(sh`sudo ss -lxp | grep PGSQL`)],
  check: '`ss -lx` shows the path in the message, and `psql` connects.',
  otherwise: 'Over TCP, the message names a host and a port instead of a socket.',
  couldBe: [],
  wordings: [
    'connection to server on socket "…" failed: No such file or directory',
    'could not connect to server: No such file or directory',
    'connection to server on socket "…" failed: Connection refused',
    'Is the server running locally and accepting',
    'connect ENOENT',
  ],
  examples: [
    'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: No such file or directory',
    'psql: could not connect to server: No such file or directory',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
    {
      title: 'PostgreSQL manual, Starting the Database Server',
      url: 'https://www.postgresql.org/docs/current/server-start.html',
    },
  ],
};
