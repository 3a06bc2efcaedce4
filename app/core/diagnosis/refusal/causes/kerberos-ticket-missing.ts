import type { Cause } from '../cause.ts';

export const kerberosTicketMissing: Cause = {
  id: 'kerberos-ticket-missing',
  layer: 'method',
  title: 'The client has no Kerberos ticket',
  explanation:
    'The rule requires GSSAPI, and the client has no valid ticket in the credential cache that it reads, so it has nothing to send.',
  fix: 'Run kinit as the account that runs the client, or give a service its own keytab. Check that KRB5CCNAME names the same cache for both.',
  check: 'klist shows a ticket that has not expired, and the client connects.',
  otherwise: 'If the ticket is for another principal, the log says `no match in usermap` or `do not match`.',
  couldBe: [],
  wordings: [
    'No Kerberos credentials available',
    'GSSAPI continuation error: No credentials were supplied, or the credentials were unavailable or inaccessible',
  ],
  examples: [
    'psql: error: GSSAPI continuation error: No credentials were supplied, or the credentials were unavailable or inaccessible: No Kerberos credentials available (default cache: FILE:/tmp/krb5cc_1000)',
  ],
  references: [
    {
      title: 'PostgreSQL manual, GSSAPI Authentication',
      url: 'https://www.postgresql.org/docs/current/gssapi-auth.html',
    },
  ],
};
