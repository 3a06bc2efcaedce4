import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { handshake } from '../command.ts';

export const proxyTerminatesTls: Cause = {
  id: 'proxy-terminates-tls',
  layer: 'tls',
  title: 'A proxy between client and server terminates TLS',
  explanation:
    'A PostgreSQL client first asks in plain bytes whether the server supports TLS, and starts TLS only after the answer. A proxy whose listener terminates TLS (`bind … ssl`) waits for a TLS handshake instead, and reports a handshake failure. One that knows the negotiation but not the ALPN protocol `postgresql` rejects clients of version 17 and later. Where client and server each have another TLS connection, or only one of them has TLS, SCRAM with channel binding fails.',
  fix: "Pass TCP through unchanged (HAProxy: `mode tcp` and no `ssl` on the bind line) and let PostgreSQL terminate TLS. If the proxy must terminate it, every client needs version 17 or later with sslnegotiation=direct, and the proxy must accept the ALPN protocol `postgresql` (Traefik: `alpnProtocols` of the TLS options). Channel binding then isn't available: set channel_binding=disable in these clients and keep sslmode=verify-full.",
  commands: (facts) => handshake(facts, sh`-subject -issuer`),
  check: "Through the proxy, `openssl s_client -starttls postgres` shows PostgreSQL's own certificate.",
  otherwise: 'If the handshake fails at PostgreSQL, the server log says `could not accept SSL connection`.',
  couldBe: [],
  wordings: [
    'haproxy…SSL handshake failure',
    'SSL handshake failure',
    'alert no application protocol',
    'client requested unsupported application protocols',
    'server offered SCRAM-SHA-256-PLUS authentication over a non-SSL connection',
    'SCRAM channel binding check failed',
  ],
  examples: [
    'Sep  9 09:39:37 lb haproxy[1132]: 198.51.100.7:55815 [09/Sep/2016:09:39:17.275] db/1: SSL handshake failure',
    '<134>Nov 25 00:10:00 lb haproxy[9]: 198.51.100.7:41022 [25/Nov/2026:00:10:00.100] postgres/1: SSL handshake failure (error:0A00010B)',
    'psql: error: connection to server at "db.example.com" (203.0.113.7), port 5432 failed: SSL error: tlsv1 alert no application protocol',
    'connection to server at "127.0.0.1", port 7432 failed: server offered SCRAM-SHA-256-PLUS authentication over a non-SSL connection',
    'FATAL:  SCRAM channel binding check failed',
  ],
  references: [
    { title: 'HAProxy configuration manual', url: 'https://docs.haproxy.org/3.0/configuration.html' },
    {
      title: 'PostgreSQL manual, SSL Session Encryption',
      url: 'https://www.postgresql.org/docs/current/protocol-flow.html',
    },
  ],
};
