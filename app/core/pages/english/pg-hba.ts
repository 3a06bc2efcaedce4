import type { TargetPage } from '../page.ts';

const manual = {
  title: 'PostgreSQL, The pg_hba.conf File',
  url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
};

export const hbaPage: TargetPage = {
  id: 'pg-hba',
  title: 'pg_hba.conf',
  summary: 'Who gets in: the whole file, from the clients of the plan, in the order in which it decides.',
  does: [
    'Keeps the way in of the local superuser.',
    'Gives each client a record with its databases, roles, network, encryption and method.',
    'Ends with a reject, where the plan says so, which tells a refusal apart from a forgotten record.',
  ],
  doesNot: [
    'Give a role any right inside a database: roles.sql does.',
    'Keep records that were there before: compare them with your old file first.',
  ],
  undo: ['Put pg_hba.conf.before-postern back in its place and reload.'],
  pitfalls: [
    {
      text: 'The first record that matches decides; there is no falling through when its authentication fails.',
      source: manual,
    },
    { text: 'all does not match physical replication, which needs a record of its own.', source: manual },
    {
      text: 'A reload keeps the old records when the new file has an error. The view pg_hba_file_rules shows the error.',
      source: {
        title: 'PostgreSQL, pg_hba_file_rules',
        url: 'https://www.postgresql.org/docs/current/view-pg-hba-file-rules.html',
      },
    },
  ],
};
