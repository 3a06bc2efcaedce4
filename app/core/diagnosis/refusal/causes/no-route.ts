import type { Cause } from '../cause.ts';

export const noRoute: Cause = {
  id: 'no-route',
  layer: 'network',
  title: 'There is no route to the server',
  explanation: 'The client, or a router on the path, has no route to this address.',
  fix: 'Use `ip route get` with the address to see which route the client uses. Over a VPN, bring the tunnel up; for an IPv6 address without IPv6 connectivity, use the IPv4 address.',
  couldBe: [
    { what: 'No route, or the tunnel is down', tell: '`ip route get ADDRESS` on the client.' },
    {
      what: "The server's firewall answers that the host is prohibited (firewalld does)",
      tell: '`No route to host`, while `ping` works.',
    },
    {
      what: 'The name resolves to an IPv6 address and one side has no IPv6',
      tell: 'The address in the message has colons.',
    },
  ],
  wordings: [
    'Network is unreachable',
    'No route to host',
    'Host is unreachable',
    'ENETUNREACH',
    'EHOSTUNREACH',
    'A socket operation was attempted to an unreachable',
  ],
  examples: [
    'psql: error: connection to server at "db.example.com" (2001:db8::7), port 5432 failed: Network is unreachable',
    'Error: connect EHOSTUNREACH 10.8.0.1:5432',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
