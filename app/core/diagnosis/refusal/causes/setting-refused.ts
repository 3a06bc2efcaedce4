import type { Cause } from '../cause.ts';

export const settingRefused: Cause = {
  id: 'setting-refused',
  layer: 'server',
  title: "A setting is unknown or has a value that this version doesn't accept",
  explanation:
    "One invalid line in postgresql.conf prevents the start; a reload ignores the change. Older versions don't know the settings of newer ones.",
  fix: 'Fix or remove the line that the message names, for the version that runs here, and start again. `postgres -D DIR -C port` reads the file without starting the server.',
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
