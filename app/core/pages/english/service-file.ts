import type { TargetPage } from '../page.ts';

export const servicePage: TargetPage = {
  id: 'service-file',
  title: 'pg_service.conf',
  summary: 'Names for the connections of a client, so that a program says service=name and nothing else.',
  does: ['One section for each connection, for every program on libpq.'],
  doesNot: [
    'Hold a password: ~/.pgpass does.',
    'Serve drivers that do not use libpq, unless they read the file themselves.',
  ],
  undo: ['Take ~/.pg_service.conf away, or put the file back that was there.'],
  pitfalls: [
    {
      text: 'What stands in the connection string wins over the file, and the file wins over the environment.',
      source: {
        title: 'PostgreSQL, The Connection Service File',
        url: 'https://www.postgresql.org/docs/current/libpq-pgservice.html',
      },
    },
  ],
};
