import type { Cause } from '../cause.ts';
import { newPassword, rulesInFile } from '../command.ts';

export const identFailed: Cause = {
  id: 'ident-failed',
  layer: 'method',
  title: 'The rule requires ident over TCP, and it failed',
  explanation:
    "ident asks a service on the client's host who the user is. Hardly any host runs one, and its answer proves nothing.",
  fix: "Change the rule to hostssl with scram-sha-256 (for loopback: host with scram-sha-256), give the role a password, and reload. Don't use trust.",
  commands: (facts) => [rulesInFile(facts, 'ident'), ...newPassword(facts)],
  check: "The client connects with the role's password, and pg_hba_file_rules has no `ident` rule for it.",
  otherwise: 'Over the Unix socket, the message is `Peer authentication failed for user`.',
  couldBe: [],
  wordings: ['Ident authentication failed', 'could not connect to Ident server'],
  examples: ['FATAL:  Ident authentication failed for user "app"'],
  references: [
    {
      title: 'PostgreSQL manual, Ident Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-ident.html',
    },
  ],
};
