import { conninfo } from '../../../quote/conninfo.ts';
import type { Cause } from '../cause.ts';
import { clientSettings } from '../command.ts';

export const systemRoots: Cause = {
  id: 'system-roots',
  layer: 'tls',
  title: 'sslrootcert=system requires sslmode=verify-full',
  explanation:
    "Any CA that the operating system trusts can issue a certificate for some name, so without a check of the server's name the verification proves nothing. libpq refuses the combination.",
  fix: 'Set sslmode=verify-full. If the server has a certificate from a private CA, set sslrootcert to the file of that CA instead.',
  commands: () => [clientSettings(conninfo`sslmode=verify-full sslrootcert=system`)],
  check: 'The client connects with sslmode=verify-full.',
  otherwise:
    'If no CA of the operating system signed the server certificate, the message is `certificate verify failed`.',
  couldBe: [],
  wordings: ['may not be used with sslrootcert=system'],
  examples: ['weak sslmode "require" may not be used with sslrootcert=system (use "verify-full")'],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
