import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient, resolveOnClient } from '../command.ts';

export const noIpv6Route: Cause = {
  id: 'no-ipv6-route',
  layer: 'network',
  title: 'The client has no IPv6 route to the server',
  explanation:
    'The client tried an IPv6 address and its own network has no way to it. The name of the server resolves to IPv6 only, or the client tried IPv6 first.',
  fix: "Give the client IPv6 connectivity, or connect to the server's IPv4 address: if the name has an A record, prefer it (`hostaddr` in libpq, `family: 4` in Node.js); if it has none, use an endpoint that offers IPv4.",
  commands: (facts) => [...resolveOnClient(facts), checkOnClient(sh`ip -6 route show default`)],
  check: '`ip -6 route show default` prints a route, or the client uses an IPv4 address and connects.',
  otherwise: 'If the IPv4 network is unreachable, the message names an IPv4 address.',
  couldBe: [],
  wordings: [],
  examples: [
    'connect ENETUNREACH 2001:db8::5fab:5432 - Local (:::0)',
    'dial tcp [2001:db8::7]:5432: connect: network is unreachable',
    'psql: error: connection to server at "db.example.com" (2001:db8::7), port 5432 failed: Network is unreachable',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
