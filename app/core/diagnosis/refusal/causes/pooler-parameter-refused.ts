import type { Cause } from '../cause.ts';

export const poolerParameterRefused: Cause = {
  id: 'pooler-parameter-refused',
  layer: 'server',
  title: "The connection pooler doesn't accept a startup parameter",
  explanation:
    "The client asks for a setting when it connects, and PgBouncer tracks only some of them. PostgreSQL itself wasn't asked.",
  fix: 'Add the parameter to ignore_startup_parameters in pgbouncer.ini if the client can do without it; the setting then has no effect. Otherwise set it for the role: `ALTER ROLE app SET …`.',
  check: "The client connects. In PgBouncer's console, `SHOW CONFIG` shows the parameter in ignore_startup_parameters.",
  otherwise: 'If PostgreSQL doesn\'t know the parameter, the message is `unrecognized configuration parameter "…"`.',
  couldBe: [],
  wordings: ['unsupported startup parameter: ', 'unsupported startup parameter in options'],
  examples: ['FATAL:  unsupported startup parameter: statement_timeout'],
  references: [{ title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' }],
};
