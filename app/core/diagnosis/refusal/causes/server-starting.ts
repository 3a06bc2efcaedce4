import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnServer } from '../command.ts';

export const serverStarting: Cause = {
  id: 'server-starting',
  layer: 'server',
  title: 'The server is starting, stopping or recovering',
  explanation: "The server is running but doesn't accept connections at the moment.",
  fix: 'Wait until its log says `database system is ready to accept connections`. On a replica, hot_standby must be on.',
  commands: () => [checkOnServer(sh`pg_isready`)],
  check: '`pg_isready` says `accepting connections`.',
  otherwise: "If the server isn't running, the message is `Connection refused`.",
  couldBe: [],
  wordings: [
    'the database system is starting up',
    'the database system is shutting down',
    'the database system is in recovery mode',
    'the database system is not yet accepting connections',
    'the database system is not accepting connections',
    ' - rejecting connections',
  ],
  examples: [
    'FATAL:  the database system is starting up',
    'FATAL:  the database system is not yet accepting connections',
    '/var/run/postgresql:5432 - rejecting connections',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Starting the Database Server',
      url: 'https://www.postgresql.org/docs/current/server-start.html',
    },
  ],
};
