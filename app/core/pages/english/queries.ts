import type { TargetPage } from '../page.ts';

export const queriesPage: TargetPage = {
  id: 'queries',
  title: 'Questions to the server',
  summary:
    'queries.sql asks the server who comes without TLS, which passwords and certificates end, and what is not in force.',
  does: [
    'Shows sessions without encryption, roles with md5 secrets, client certificates in use, and TLS files newer than the last reload.',
    'Shows passwords that end within 30 days, records of pg_hba.conf that do not count, and settings that wait for a restart.',
    'With the log as JSON, counts refused logins by address and role.',
    'Changes nothing, and can be run at any time, on a replica too.',
  ],
  doesNot: [
    'Show refused logins where the log is plain text: no table of PostgreSQL has them, and pg_stat_database counts sessions only after the login.',
    'Read the dates inside a certificate: verify.sh and openssl do.',
    'Show sessions that have ended.',
  ],
  undo: ['There is nothing to undo.'],
  pitfalls: [
    {
      text: 'What pg_stat_ssl shows, and that only superusers and roles of pg_read_all_stats see the sessions of others.',
      source: {
        title: 'PostgreSQL, The Cumulative Statistics System',
        url: 'https://www.postgresql.org/docs/current/monitoring-stats.html',
      },
    },
    {
      text: 'Passwords are stored in pg_authid, which only superusers can read.',
      source: { title: 'PostgreSQL, pg_authid', url: 'https://www.postgresql.org/docs/current/catalog-pg-authid.html' },
    },
  ],
};
