import type { Cause } from '../cause.ts';

export const identFailed: Cause = {
  id: 'ident-failed',
  layer: 'method',
  title: 'The rule requires ident over TCP, and it failed',
  explanation:
    "ident asks a service on the client's host who the user is. Hardly any host runs one, and its answer proves nothing.",
  fix: "Change the rule to hostssl with scram-sha-256 (for loopback: host with scram-sha-256), give the role a password, and reload. Don't use trust.",
  couldBe: [],
  wordings: ['Ident authentication failed for user "…"', 'could not connect to Ident server'],
  examples: ['FATAL:  Ident authentication failed for user "app"'],
  references: [
    {
      title: 'PostgreSQL manual, Ident Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-ident.html',
    },
  ],
};
