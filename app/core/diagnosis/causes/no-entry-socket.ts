import type { Cause } from '../cause.ts';

export const noEntrySocket: Cause = {
  id: 'no-entry-socket',
  layer: 'record',
  title: 'No record allows this user on the Unix socket',
  explanation:
    'The client came over the Unix-domain socket of the same machine. Only records of the type local match there; host records do not.',
  fix: 'Add one `local` record for this database and role, or connect over TCP with `-h 127.0.0.1` if a host record allows that.',
  couldBe: [],
  wordings: ['no pg_hba.conf entry for host "[local]"'],
  examples: [
    'FATAL:  no pg_hba.conf entry for host "[local]", user "app", database "app", no encryption',
    'FATAL:  no pg_hba.conf entry for host "[local]", user "app", database "app", SSL off',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
