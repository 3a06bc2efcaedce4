import type { Cause } from '../cause.ts';
import { narrowRule } from '../command.ts';

export const addressTranslated: Cause = {
  id: 'address-translated',
  layer: 'record',
  title: "The server sees another address than the client's own",
  explanation:
    "The client connected to a loopback address, and the server reports a different source address: a container network, a port forward or a proxy in between makes the connection again with its own address (172.17.0.1 and similar addresses are Docker's).",
  fix: "Write the rule for the address in the message: it is what the server sees. In Docker or kind that is the bridge's network; find it with `docker network inspect`. Everyone who uses the forwarded port gets this address, so bind the published port to 127.0.0.1.",
  commands: narrowRule,
  check: 'The client connects, and `SELECT inet_client_addr()` returns the address in the rule.',
  otherwise: "If nothing in between changes the address, the message names the address of the client's own interface.",
  couldBe: [],
  wordings: [],
  examples: [
    'connection failed: connection to server at "127.0.0.1", port 5432 failed: FATAL:  no pg_hba.conf entry for host "172.18.0.1", user "app", database "app", no encryption',
    'psql: error: connection to server at "localhost" (::1), port 5432 failed: FATAL:  no pg_hba.conf entry for host "10.42.0.1", user "app", database "app", SSL encryption',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
    {
      title: 'Docker documentation, Packet filtering and firewalls',
      url: 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
    },
  ],
};
