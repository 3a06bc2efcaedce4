import type { Cause } from '../cause.ts';

export const poolerParameterRefused: Cause = {
  id: 'pooler-parameter-refused',
  layer: 'server',
  title: "The connection pooler doesn't accept a startup parameter",
  explanation:
    'The client asks for a setting when it connects (a parameter, or `options`), and the pooler tracks only some of them.',
  fix: 'PgBouncer: add the parameter to ignore_startup_parameters in pgbouncer.ini if the client can do without it; the setting then has no effect. Otherwise, and with Amazon RDS Proxy, remove it from the connection string and set it for the role: `ALTER ROLE app SET …`.',
  check: "The client connects. In PgBouncer's console, `SHOW CONFIG` shows the parameter in ignore_startup_parameters.",
  otherwise: 'If PostgreSQL doesn\'t know the parameter, the message is `unrecognized configuration parameter "…"`.',
  couldBe: [],
  wordings: [
    'unsupported startup parameter: ',
    'unsupported startup parameter in options',
    'unsupported options startup parameter',
    'pooler error: invalid server parameter',
    "RDS Proxy currently doesn't support command-line options",
  ],
  examples: [
    'FATAL:  unsupported startup parameter: statement_timeout',
    "FATAL:  unsupported options startup parameter: only '-c config=val' is allowed",
  ],
  references: [{ title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' }],
};
