import type { TargetPage } from '../page.ts';

export const settingsPage: TargetPage = {
  id: 'settings',
  title: 'Settings as a drop-in file',
  summary: 'conf.d/postern.conf holds every setting of the plan, and leaves postgresql.conf as it is.',
  does: [
    'Names the addresses to listen on, TLS, password hashing, limits and what is logged, for your major only.',
    'Says behind each line whether a reload is enough.',
    'Sends the log to syslog, or writes it as JSON beside the plain text; on Debian with a rule for logrotate.',
  ],
  doesNot: [
    'Win over postgresql.auto.conf, which ALTER SYSTEM writes: that file is read last.',
    'Tune memory or storage.',
  ],
  undo: ['Take conf.d/postern.conf away, or put back the file that was there, and restart.'],
  pitfalls: [
    {
      text: 'When a setting stands more than once, the last one that is read counts; included files are read where the include stands.',
      source: {
        title: 'PostgreSQL, Setting Parameters',
        url: 'https://www.postgresql.org/docs/current/config-setting.html',
      },
    },
    {
      text: 'pg_file_settings shows what is in the files and which lines cannot be applied, before a reload.',
      source: {
        title: 'PostgreSQL, pg_file_settings',
        url: 'https://www.postgresql.org/docs/current/view-pg-file-settings.html',
      },
    },
    {
      text: 'JSON needs logging_collector, and the server then keeps the log files itself. On Docker they stand in the data volume, and docker logs shows only the start.',
      source: {
        title: 'PostgreSQL, Error Reporting and Logging',
        url: 'https://www.postgresql.org/docs/current/runtime-config-logging.html',
      },
    },
    {
      text: 'listen_addresses takes addresses of the server itself, and changes only with a restart.',
      source: {
        title: 'PostgreSQL, Connections and Authentication',
        url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
      },
    },
  ],
};
