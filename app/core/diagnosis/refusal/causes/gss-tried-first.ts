import { conninfo } from '../../../quote/conninfo.ts';
import type { Cause } from '../cause.ts';
import { clientSettings } from '../command.ts';

export const gssTriedFirst: Cause = {
  id: 'gss-tried-first',
  layer: 'method',
  title: 'The client tried GSSAPI encryption first',
  explanation:
    'A client with a Kerberos ticket asks for GSSAPI encryption before TLS (gssencmode=prefer). The server has no keytab for it, logs this, and the client goes on with TLS. By itself, it rejects nobody.',
  fix: 'Nothing, if the connection succeeds afterwards. To stop the entries, set gssencmode=disable in the client, or give the server a keytab in krb_server_keyfile.',
  commands: () => [clientSettings(conninfo`gssencmode=disable`)],
  check: 'The log has no new `could not accept GSSAPI security context`.',
  otherwise:
    "If the rule requires GSSAPI and the ticket isn't accepted, the client gets `GSSAPI authentication failed for user`.",
  couldBe: [],
  wordings: ['could not accept GSSAPI security context'],
  examples: ['LOG:  could not accept GSSAPI security context'],
  references: [
    {
      title: 'PostgreSQL manual, GSSAPI Authentication',
      url: 'https://www.postgresql.org/docs/current/gssapi-auth.html',
    },
  ],
};
