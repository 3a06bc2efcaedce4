import type { Cause } from '../cause.ts';

export const timedOut: Cause = {
  id: 'timed-out',
  layer: 'firewall',
  title: 'Nobody answered',
  explanation:
    'The packets of the client were dropped without an answer. Nearly always a firewall does that: on the server, in the cloud (security group, network security group), or on the way.',
  fix: "Allow TCP from the client's address to the server's port in the firewall that drops it, for this source alone. Changing pg_hba.conf or listen_addresses does not help here.",
  couldBe: [
    {
      what: 'A firewall between the two drops the packets',
      tell: "On the server, `tcpdump -n tcp port 5432` shows nothing when the client tries: it is dropped before. It shows SYN and no answer: the server's own firewall drops it.",
    },
    {
      what: 'The address is wrong, or its machine is off',
      tell: 'Another port of the same address does not answer either.',
    },
    {
      what: 'The answer takes another way back (VPN, two gateways)',
      tell: 'tcpdump shows both directions on the server, and only one on the client.',
    },
  ],
  wordings: [
    'Connection timed out',
    'timeout expired',
    'ETIMEDOUT',
    'connect timed out',
    'SocketTimeoutException',
    'Timeout during connection attempt',
    'The operation has timed out',
    'connection timeout',
    'Operation timed out',
    'did not properly respond after a period of time',
    'timeout exceeded when trying to connect',
  ],
  examples: [
    'psql: error: connection to server at "db.example.com" (203.0.113.7), port 5432 failed: Connection timed out',
    'could not connect to server: Connection timed out (0x0000274C/10060)',
    'psql: error: timeout expired',
    'Error: connect ETIMEDOUT 203.0.113.7:5432',
    'Caused by: java.net.SocketTimeoutException: connect timed out',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
