import type { Cause } from '../cause.ts';
import { listeningSockets, listenSettings } from '../command.ts';

export const connectionRefused: Cause = {
  id: 'connection-refused',
  layer: 'socket',
  title: 'Nothing listens on this address and port',
  explanation: "The host answered immediately that no program listens there. PostgreSQL didn't evaluate pg_hba.conf.",
  fix: 'On the server, run `ss -ltn` to see which addresses the port is bound to. Add the address that the client uses to listen_addresses and restart the server (a reload is not enough).',
  commands: () => [listeningSockets, listenSettings],
  check: '`ss -ltn` on the server shows the port with an address that the client can reach, and the client connects.',
  otherwise: 'If a firewall drops the packets, the client waits and then reports `Connection timed out`.',
  couldBe: [
    {
      what: "listen_addresses doesn't include the address: it is still localhost, or commented out",
      tell: '`SHOW listen_addresses` on the server, and `ss -ltn`.',
    },
    {
      what: 'listen_addresses was changed, but the server was only reloaded',
      tell: "`SELECT pending_restart FROM pg_settings WHERE name = 'listen_addresses'` returns `t`.",
    },
    {
      cause: 'file-not-loaded',
      what: "The server is not running, for example because it couldn't read its files at the last start",
      tell: '`systemctl status postgresql` and the end of its log.',
    },
    {
      what: 'The server listens on another port, or another host has this address',
      tell: '`SHOW port`, and `ss -ltnp`.',
    },
    {
      what: 'A firewall answers with a reset',
      tell: 'The packet counters of the REJECT rules increase with each attempt.',
    },
  ],
  wordings: [
    'Connection refused',
    'ECONNREFUSED',
    'actively refused it',
    'Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections',
    'Is the server running on host "…',
    'Connect call failed',
    'The remote computer refused the network connection',
  ],
  examples: [
    'psql: error: connection to server at "db.example.com" (203.0.113.7), port 5432 failed: Connection refused',
    'could not connect to server: Connection refused',
    'Connection to db.example.com:5432 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.',
    'Error: connect ECONNREFUSED 203.0.113.7:5432',
    'System.Net.Sockets.SocketException (10061): No connection could be made because the target machine actively refused it.',
    "ConnectionRefusedError: [Errno 111] Connect call failed ('203.0.113.7', 5432)",
    "OSError: [Errno 61] Connect call failed ('203.0.113.7', 5432)",
  ],
  references: [
    {
      title: 'PostgreSQL manual, Connection Settings',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
    {
      title: 'PostgreSQL manual, Starting the Database Server',
      url: 'https://www.postgresql.org/docs/current/server-start.html',
    },
  ],
};
