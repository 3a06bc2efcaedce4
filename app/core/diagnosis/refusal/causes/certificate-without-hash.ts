import { conninfo } from '../../../quote/conninfo.ts';
import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { clientSettings, handshake } from '../command.ts';

export const certificateWithoutHash: Cause = {
  id: 'certificate-without-hash',
  layer: 'tls',
  title: 'Channel binding is not defined for the signature of the server certificate',
  explanation:
    'libpq binds a SCRAM login over TLS to the server certificate by the hash of its signature (tls-server-end-point). A certificate that is signed with Ed25519 or Ed448 has no such hash, so the login fails before the password is compared.',
  fix: 'Use a server certificate that is signed with RSA or ECDSA: the key of the CA that signs it decides. Until then, clients connect with channel_binding=disable.',
  commands: (facts) => [
    clientSettings(conninfo`channel_binding=disable`),
    ...handshake(facts, sh`-text | grep 'Signature Algorithm'`),
  ],
  check: 'The client connects without channel_binding in its parameters.',
  otherwise: 'If the password is wrong, the message is `password authentication failed for user "…"`.',
  couldBe: [],
  wordings: ['could not find digest for NID'],
  examples: [
    'psql: error: connection to server at "10.0.0.5", port 5432 failed: could not find digest for NID UNDEF',
    'could not find digest for NID UNDEF',
  ],
  references: [
    { title: 'RFC 5929, 4.1', url: 'https://www.rfc-editor.org/rfc/rfc5929#section-4.1' },
    {
      title: 'PostgreSQL manual, SASL Authentication',
      url: 'https://www.postgresql.org/docs/current/sasl-authentication.html',
    },
  ],
};
