import type { Cause } from '../cause.ts';

export const clientParameterRefused: Cause = {
  id: 'client-parameter-refused',
  layer: 'server',
  title: "The client's connection settings contain a parameter that the server doesn't know",
  explanation:
    "What a driver doesn't know in a connection URL, it sends to the server as a setting. The server's files are not involved.",
  fix: "Remove the parameter from the connection URL or the driver's options, or write it as the driver expects. For the schema, set search_path, for example with `options=-csearch_path=app`.",
  check: 'The client connects without the parameter. If the parameter set the schema, `SHOW search_path` returns it.',
  otherwise:
    'If a line in the server\'s own file is wrong, the message names the file: `unrecognized configuration parameter "…" in file "…"`.',
  couldBe: [],
  // Other names are told apart by the settings that PostgreSQL knows (`causeOfParameter`).
  wordings: ['unrecognized configuration parameter "schema"'],
  examples: ['PostgresError: unrecognized configuration parameter "schema"'],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
