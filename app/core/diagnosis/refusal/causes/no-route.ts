import { addressText } from '../../../net/prefix.ts';
import { numericAddress } from '../../../postgres/hba/address.ts';
import { sh, shWord } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient } from '../command.ts';

export const noRoute: Cause = {
  id: 'no-route',
  layer: 'network',
  title: 'There is no route to the server',
  explanation: 'The client, or a router on the path, has no route to this address.',
  fix: 'Use `ip route get` with the address to see which route the client uses. Over a VPN, bring the tunnel up.',
  commands: ({ host = '' }) => {
    const address = numericAddress(host);
    return address === undefined ? [] : [checkOnClient(sh`ip route get ${shWord(addressText(address))}`)];
  },
  check: '`ip route get ADDRESS` on the client prints a route, and the client connects or gets another message.',
  otherwise:
    'If a route exists and a firewall drops the packets, the client waits and then reports `Connection timed out`.',
  couldBe: [
    { what: 'No route, or the tunnel is down', tell: '`ip route get ADDRESS` on the client.' },
    {
      what: "The server's firewall answers that the host is prohibited (firewalld does)",
      tell: '`No route to host`, while `ping` works.',
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
    'psql: error: connection to server at "db.example.com" (203.0.113.7), port 5432 failed: Network is unreachable',
    'Error: connect EHOSTUNREACH 10.8.0.1:5432',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
