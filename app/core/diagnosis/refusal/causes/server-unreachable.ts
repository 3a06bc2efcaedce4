import type { Cause } from '../cause.ts';
import { checkOnClient, psqlTo } from '../command.ts';

export const serverUnreachable: Cause = {
  id: 'server-unreachable',
  layer: 'network',
  title: "The client can't reach the server, and its message doesn't say why",
  explanation:
    'Prisma (P1001), the JDBC driver (`The connection attempt failed`) and pg_isready (`no response`) report a name that does not resolve, a timeout and more with the same message. In a Java stack trace, the last `Caused by` says which it is.',
  fix: 'Run `psql` with the same host and port on the same machine or in the same container: its message says which it is.',
  commands: (facts) => (facts.host === undefined ? [] : [checkOnClient(psqlTo(facts))]),
  check: '`psql` connects from the same machine or container, and so does the application.',
  otherwise: 'If the server answers and rejects the login, Prisma reports `P1000`.',
  couldBe: [
    {
      cause: 'name-not-found',
      what: "The name can't be resolved",
      tell: '`psql` says `could not translate host name`.',
    },
    {
      cause: 'connection-refused',
      what: 'Nothing listens on this address and port',
      tell: '`psql` says `Connection refused`.',
    },
    {
      cause: 'timed-out',
      what: 'A firewall drops the packets',
      tell: '`psql` waits, then says `timeout expired` or `Connection timed out`.',
    },
  ],
  wordings: [
    "Can't reach database server at",
    'The connection attempt failed.',
    '/.s.PGSQL… - no response',
    ':5432 - no response',
    'PostgresConnectionException: [08003] Cannot connect to',
    'pool timed out while waiting for an open connection',
  ],
  examples: [
    "Error: P1001: Can't reach database server at `db.example.com`:`5432`",
    "ERROR: Unable to obtain connection from database (jdbc:postgresql://db/shop) for user 'app': The connection attempt failed.",
    'io.r2dbc.postgresql.PostgresqlConnectionFactory$PostgresConnectionException: [08003] Cannot connect to db.example.com/<unresolved>:5432',
  ],
  references: [
    {
      title: 'Prisma documentation, Error message reference',
      url: 'https://www.prisma.io/docs/orm/reference/error-reference',
    },
  ],
};
