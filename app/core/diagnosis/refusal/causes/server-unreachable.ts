import type { Cause } from '../cause.ts';
import { checkOnClient, psqlTo } from '../command.ts';

export const serverUnreachable: Cause = {
  id: 'server-unreachable',
  layer: 'network',
  title: "The client can't reach the server, and its message doesn't say why",
  explanation:
    'Prisma reports a name that does not resolve, a refused connection and a timeout with the same message (P1001).',
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
  wordings: ["Can't reach database server at"],
  examples: ["Error: P1001: Can't reach database server at `db.example.com`:`5432`"],
  references: [
    {
      title: 'Prisma documentation, Error message reference',
      url: 'https://www.prisma.io/docs/orm/reference/error-reference',
    },
  ],
};
