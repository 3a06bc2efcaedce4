import type { Cause } from '../cause.ts';
import { logPlace } from '../command.ts';

export const sessionTerminated: Cause = {
  id: 'session-terminated',
  layer: 'server',
  title: 'The server ended the session on request',
  explanation:
    'The session was open, and the server stopped, restarted, or was told to end this session. The login was accepted.',
  fix: "Find who asked for it: in the log, `received fast shutdown request` is a stop or restart (an update, `pg_ctl`, systemd, a failover); without it, somebody called pg_terminate_backend. Let the application's pool open the connection again.",
  commands: () => [logPlace],
  check: 'The client connects again.',
  otherwise: 'While the server stops, a new client gets `the database system is shutting down`.',
  couldBe: [],
  wordings: ['terminating connection due to administrator command'],
  examples: ['FATAL:  terminating connection due to administrator command'],
  references: [
    {
      title: 'PostgreSQL manual, Shutting Down the Server',
      url: 'https://www.postgresql.org/docs/current/server-shutdown.html',
    },
  ],
};
