import type { TargetPage } from '../page.ts';

export const applyPage: TargetPage = {
  id: 'apply',
  title: 'apply.sh and rollback.sh',
  summary: 'Puts the files of PostgreSQL in place, and takes them back unless you confirm.',
  does: [
    'Shows the differences, and has a throw-away PostgreSQL of the same programs and account try the files before anything changes.',
    'Switches all files at once: a server that starts at any moment finds the old set or the new one.',
    'Asks pg_hba_file_rules and pg_file_settings, reloads or restarts as the settings need, and takes the change back when PostgreSQL does not answer.',
    'Takes everything back when nobody confirms in time.',
  ],
  doesNot: [
    'Run the script of the firewall or roles.sql, set up tunnels or touch another machine: the README says how.',
    'Work in containers, on macOS or on Windows; their steps stand in the README.',
    'Take back certificates that it installed: files of that name belong to Postern.',
  ],
  undo: ['sudo bash database-server/rollback.sh'],
  pitfalls: [
    {
      text: 'A refused record usually has a line number and an error in pg_hba_file_rules and nothing else; on some the error is empty too, so the script looks for the missing type.',
      source: {
        title: 'PostgreSQL, pg_hba_file_rules',
        url: 'https://www.postgresql.org/docs/current/view-pg-hba-file-rules.html',
      },
    },
    {
      text: 'pg_reload_conf() says only that the signal was sent: a file that is refused stays out of force until the next start fails on it.',
      source: {
        title: 'PostgreSQL, Server Signaling Functions',
        url: 'https://www.postgresql.org/docs/current/functions-admin.html',
      },
    },
  ],
};
