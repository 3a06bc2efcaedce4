import type { Cause } from '../cause.ts';

export const dataDirectoryRefused: Cause = {
  id: 'data-directory-refused',
  layer: 'server',
  title: "The server doesn't start: permissions of the data directory",
  explanation:
    'PostgreSQL starts only if its own account owns the data directory and other users have no access to it. Nothing listens until then.',
  fix: "Give the directory to the server's account and set its mode to 0700 (`chown -R postgres: DIR`, `chmod 0700 DIR`). In a container, set the owner of the volume to the user of the image; in Kubernetes, use a subdirectory of the volume as PGDATA.",
  check: 'The log says `database system is ready to accept connections`.',
  otherwise: 'If a file of the configuration is the reason, the log names that file.',
  couldBe: [],
  wordings: [
    'data directory "…" has group or world access',
    'data directory "…" has invalid permissions',
    'data directory "…" has wrong ownership',
    'could not access directory "…": Permission denied',
  ],
  examples: ['FATAL:  data directory "/var/lib/postgresql/data" has group or world access'],
  references: [
    {
      title: 'PostgreSQL manual, Creating a Database Cluster',
      url: 'https://www.postgresql.org/docs/current/creating-cluster.html',
    },
  ],
};
