import type { Cause } from '../cause.ts';

export const dataDirectoryOfAnotherVersion: Cause = {
  id: 'data-directory-of-another-version',
  layer: 'server',
  title: 'The data directory belongs to another PostgreSQL version',
  explanation:
    "Another version of PostgreSQL created the data directory, so this server doesn't start. Nothing listens, and in a container network the server's name disappears with its container.",
  fix: "Run the version that created the data directory (in Docker: its image tag). To move to the newer version, dump with the old one and restore, or use pg_upgrade; don't delete the data directory.",
  check:
    'The log says `database system is ready to accept connections`, and `SHOW server_version` returns the version of the data directory.',
  otherwise: 'If a setting prevents the start, the log names it, for example `unrecognized configuration parameter`.',
  couldBe: [],
  wordings: ['database files are incompatible with server', 'The data directory was initialized by PostgreSQL version'],
  examples: [
    'FATAL:  database files are incompatible with server\nDETAIL:  The data directory was initialized by PostgreSQL version 12, which is not compatible with this version 15.3.',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Upgrading a PostgreSQL Cluster',
      url: 'https://www.postgresql.org/docs/current/upgrading.html',
    },
  ],
};
