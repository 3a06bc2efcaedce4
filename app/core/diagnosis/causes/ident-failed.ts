import type { Cause } from '../cause.ts';

export const identFailed: Cause = {
  id: 'ident-failed',
  layer: 'method',
  title: 'The record asks for ident over TCP, and it failed',
  explanation:
    "ident asks a service on the client's machine who the user is. Hardly any machine runs one, and what it says proves nothing.",
  fix: 'Change the record to hostssl with scram-sha-256 (for loopback: host with scram-sha-256), give the role a password, and reload. Not to trust.',
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
