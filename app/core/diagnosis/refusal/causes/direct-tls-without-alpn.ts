import { conninfo } from '../../../quote/conninfo.ts';
import type { Cause } from '../cause.ts';
import { clientSettings } from '../command.ts';

export const directTlsWithoutAlpn: Cause = {
  id: 'direct-tls-without-alpn',
  layer: 'tls',
  title: 'The client starts TLS directly, but without ALPN',
  explanation:
    'With sslnegotiation=direct (PostgreSQL 17), TLS starts with the first byte and must name the protocol `postgresql` through ALPN. The client, or a proxy in between, does not.',
  fix: 'Update the driver, or remove sslnegotiation=direct from the connection: the negotiation before TLS works with every version. A proxy that terminates TLS must pass on the ALPN value postgresql.',
  commands: () => [clientSettings(conninfo`sslnegotiation=postgres`)],
  check: 'The client connects, and `SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()` returns `t`.',
  otherwise:
    "If the server is older than 17, it can't read direct TLS: it closes the connection during the handshake, and its log says `invalid length of startup packet`.",
  couldBe: [],
  wordings: [
    'received direct SSL connection request without ALPN',
    'direct SSL connection was established without ALPN',
  ],
  examples: ['LOG:  received direct SSL connection request without ALPN protocol negotiation extension'],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
    {
      title: 'PostgreSQL manual, SSL Session Encryption',
      url: 'https://www.postgresql.org/docs/current/protocol-flow.html',
    },
  ],
};
