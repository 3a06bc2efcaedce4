import type { Cause } from '../cause.ts';
import { logPlace } from '../command.ts';

export const serverCrashed: Cause = {
  id: 'server-crashed',
  layer: 'server',
  title: 'A server process crashed',
  explanation:
    'When one process crashes, PostgreSQL ends every session and recovers. Clients get a closed connection, then `the database system is in recovery mode`.',
  fix: 'Read the log lines before this one: they name the statement or extension that the process ran. Signal 9 on Linux usually means that the kernel was out of memory. Update PostgreSQL, its extensions and libraries to their newest minor versions.',
  commands: () => [logPlace],
  check: 'The log says `database system is ready to accept connections`, and has no new `was terminated by`.',
  otherwise: 'If an administrator stops the server, the log says `received fast shutdown request`.',
  couldBe: [],
  wordings: [
    'was terminated by signal',
    'was terminated by exception',
    'all server processes terminated; reinitializing',
    'because of crash of another server process',
  ],
  examples: ['LOG:  server process (PID 31504) was terminated by signal 9: Killed'],
  references: [
    {
      title: 'PostgreSQL manual, Managing Kernel Resources',
      url: 'https://www.postgresql.org/docs/current/kernel-resources.html',
    },
  ],
};
