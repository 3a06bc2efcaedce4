import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { handshake } from '../command.ts';

export const proxyTerminatesTls: Cause = {
  id: 'proxy-terminates-tls',
  layer: 'tls',
  title: "A proxy expects TLS before PostgreSQL's own negotiation",
  explanation:
    'A PostgreSQL client first asks in plain bytes whether the server supports TLS, and starts TLS only after the answer. A proxy whose listener terminates TLS (`bind … ssl`) waits for a TLS handshake instead, and reports a handshake failure.',
  fix: 'Pass TCP through unchanged (HAProxy: `mode tcp` and no `ssl` on the bind line) and let PostgreSQL terminate TLS. If the proxy must terminate it, every client needs version 17 or later with sslnegotiation=direct, and the proxy must accept the ALPN protocol `postgresql`.',
  commands: (facts) => handshake(facts, sh`-subject -issuer`),
  check: "Through the proxy, `openssl s_client -starttls postgres` shows PostgreSQL's own certificate.",
  otherwise: 'If the handshake fails at PostgreSQL, the server log says `could not accept SSL connection`.',
  couldBe: [],
  wordings: ['haproxy…SSL handshake failure', 'SSL handshake failure'],
  examples: [
    'Sep  9 09:39:37 lb haproxy[1132]: 198.51.100.7:55815 [09/Sep/2016:09:39:17.275] db/1: SSL handshake failure',
    '<134>Nov 25 00:10:00 lb haproxy[9]: 198.51.100.7:41022 [25/Nov/2026:00:10:00.100] postgres/1: SSL handshake failure (error:0A00010B)',
  ],
  references: [
    { title: 'HAProxy configuration manual', url: 'https://docs.haproxy.org/3.0/configuration.html' },
    {
      title: 'PostgreSQL manual, SSL Session Encryption',
      url: 'https://www.postgresql.org/docs/current/protocol-flow.html',
    },
  ],
};
