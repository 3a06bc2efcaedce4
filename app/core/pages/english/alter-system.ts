import type { TargetPage } from '../page.ts';

export const alterSystemPage: TargetPage = {
  id: 'alter-system',
  title: 'Settings by ALTER SYSTEM',
  summary: 'The same settings as SQL, for a server whose files you cannot reach.',
  does: ['Writes each setting of the plan to postgresql.auto.conf, which is read after every other file.'],
  doesNot: ['Belong beside the drop-in file: use one of the two.', 'Take effect before a reload or restart.'],
  undo: ['ALTER SYSTEM RESET name; for each setting, then a restart.'],
  pitfalls: [
    {
      text: 'The statement cannot run inside a transaction block, and only superusers and roles that were granted it may use it.',
      source: {
        title: 'PostgreSQL, ALTER SYSTEM',
        url: 'https://www.postgresql.org/docs/current/sql-altersystem.html',
      },
    },
    {
      text: 'From 17 on, allow_alter_system = off refuses it.',
      source: {
        title: 'PostgreSQL, Platform and Client Compatibility',
        url: 'https://www.postgresql.org/docs/current/runtime-config-compatible.html',
      },
    },
  ],
};
