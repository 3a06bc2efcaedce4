import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, reload } from '../command.ts';

export const settingRefused: Cause = {
  id: 'setting-refused',
  layer: 'server',
  title: "A setting is unknown or has a value that this version doesn't accept",
  explanation:
    "One invalid line in postgresql.conf prevents the start; a reload ignores the change. Older versions don't know the settings of newer ones.",
  fix: 'Fix or remove the line that the message names, for the version that runs here, and start again. `postgres -D DIR -C port` reads the file without starting the server.',
  commands: () => [
    checkInPsql(sql`SELECT sourcefile, sourceline, name, error FROM pg_file_settings WHERE error IS NOT NULL;`),
    reload,
  ],
  check: '`SELECT name, error FROM pg_file_settings WHERE error IS NOT NULL` returns no rows, and the server starts.',
  otherwise: 'If a client sends the parameter, the message names no file, and the server keeps running.',
  couldBe: [],
  wordings: [
    'unrecognized configuration parameter "…"',
    'invalid value for parameter "…"',
    'parameter "…" requires a Boolean value',
    'is outside the valid range for parameter "…"',
    'configuration file "…" contains errors',
    'syntax error in file "…" line',
    'Cannot specify log_connections option',
    'Invalid option "…"',
    'Available values: ',
  ],
  examples: [
    'FATAL:  unrecognized configuration parameter "ssl_groups"',
    'FATAL:  parameter "log_connections" requires a Boolean value',
    'LOG:  configuration file "/etc/postgresql/16/main/postgresql.conf" contains errors; unaffected changes were applied',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Setting Parameters',
      url: 'https://www.postgresql.org/docs/current/config-setting.html',
    },
  ],
};
