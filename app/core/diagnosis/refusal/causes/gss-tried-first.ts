import { conninfo } from '../../../quote/conninfo.ts';
import type { Cause } from '../cause.ts';
import { clientSettings } from '../command.ts';

export const gssTriedFirst: Cause = {
  id: 'gss-tried-first',
  layer: 'method',
  title: 'The client tried GSSAPI encryption first',
  explanation:
    "A client with a Kerberos ticket asks for GSSAPI encryption before TLS (gssencmode=prefer). The server has no keytab for it, logs this, and the client goes on with TLS. By itself, it rejects nobody. A server or pooler older than PostgreSQL 12 doesn't know the request: it logs `unsupported frontend protocol 1234.5680`, and version 12.0 rejects the request for TLS that follows (1234.5679).",
  fix: 'Nothing, if the connection succeeds afterwards. Otherwise, or to stop the entries, set gssencmode=disable in the client, or give the server a keytab in krb_server_keyfile.',
  commands: () => [clientSettings(conninfo`gssencmode=disable`)],
  check: 'The log has no new `could not accept GSSAPI security context`.',
  otherwise:
    "If the rule requires GSSAPI and the ticket isn't accepted, the client gets `GSSAPI authentication failed for user`.",
  couldBe: [],
  wordings: [
    'could not accept GSSAPI security context',
    'unsupported frontend protocol 1234.5679',
    'unsupported frontend protocol 1234.5680',
    'could not initiate GSSAPI security context',
  ],
  examples: [
    'LOG:  could not accept GSSAPI security context',
    'FATAL:  unsupported frontend protocol 1234.5680: server supports 2.0 to 3.0',
  ],
  references: [
    {
      title: 'PostgreSQL manual, GSSAPI Authentication',
      url: 'https://www.postgresql.org/docs/current/gssapi-auth.html',
    },
  ],
};
