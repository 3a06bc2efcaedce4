import type { Cause } from '../cause.ts';
import { ruleAndReload } from '../command.ts';
import { smallestRule } from '../smallest-rule.ts';

export const noEntrySocket: Cause = {
  id: 'no-entry-socket',
  layer: 'record',
  title: 'No rule allows this user on the Unix socket',
  explanation:
    "The client connected over the Unix-domain socket of the same host. Only rules of type local match there; host rules don't.",
  fix: 'Add one `local` rule for this database and role, or connect over TCP with `-h 127.0.0.1` if a host rule allows that.',
  commands: ({ role, database, major }) =>
    role === undefined || database === undefined
      ? []
      : ruleAndReload(smallestRule({ transport: 'local', user: role, database, replication: false }, major)),
  check: '`psql` without `-h` connects as this role, with its password.',
  otherwise: 'Over TCP, the message names an address instead of `[local]`.',
  couldBe: [],
  wordings: ['no pg_hba.conf entry for host "[local]"'],
  examples: [
    'FATAL:  no pg_hba.conf entry for host "[local]", user "app", database "app", no encryption',
    'FATAL:  no pg_hba.conf entry for host "[local]", user "app", database "app", SSL off',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
