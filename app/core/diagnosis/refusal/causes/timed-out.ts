import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnServer } from '../command.ts';

export const timedOut: Cause = {
  id: 'timed-out',
  layer: 'firewall',
  title: 'No answer from the server',
  explanation:
    "The client's packets were dropped without an answer. Nearly always a firewall drops them: on the server, in the cloud (security group, network security group), or on the network path.",
  fix: "In the firewall that drops the packets, allow TCP from the client's address to the server's port, for this source only. Changing pg_hba.conf or listen_addresses doesn't help here.",
  commands: ({ port = 5432 }) => [checkOnServer(sh`sudo tcpdump -n -i any tcp port ${port}`)],
  check: 'The client connects, or it gets an answer without waiting.',
  otherwise:
    'If the host answers and nothing listens on the port, the message is `Connection refused`, and it appears at once.',
  couldBe: [
    {
      what: 'A firewall between client and server drops the packets',
      tell: "On the server, run `tcpdump -n tcp port 5432` while the client connects. If it shows nothing, the packets are dropped before they reach the server. If it shows SYN and no answer, the server's own firewall drops them.",
    },
    {
      what: 'The address is wrong, or its host is off',
      tell: "Another port on the same address doesn't answer either.",
    },
    {
      what: 'The answer returns on a different path (VPN, two gateways)',
      tell: 'tcpdump shows both directions on the server, but only one on the client.',
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
    ': i/o timeout',
    'tcp connect (…): timeout',
    'Connection attempt timed out',
    'context deadline exceeded',
    'CONNECT_TIMEOUT',
    'was reached but timed out',
    'asyncio.exceptions.TimeoutError',
    'Connection terminated due to connection timeout',
    'semaphore timeout period has expired',
  ],
  examples: [
    'psql: error: connection to server at "db.example.com" (203.0.113.7), port 5432 failed: Connection timed out',
    'could not connect to server: Connection timed out (0x0000274C/10060)',
    'psql: error: timeout expired',
    'Error: connect ETIMEDOUT 203.0.113.7:5432',
    'Caused by: java.net.SocketTimeoutException: connect timed out',
    'dial tcp 203.0.113.9:5439: i/o timeout',
    'org.postgresql.util.PSQLException: Connection attempt timed out.',
    'Error: write CONNECT_TIMEOUT db.example.com:5432',
    'Error: Connection terminated due to connection timeout',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
