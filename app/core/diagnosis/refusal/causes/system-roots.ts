import type { Cause } from '../cause.ts';

export const systemRoots: Cause = {
  id: 'system-roots',
  layer: 'tls',
  title: 'sslrootcert=system requires sslmode=verify-full',
  explanation:
    "Any CA that the operating system trusts can issue a certificate for some name, so without a check of the server's name the verification proves nothing. libpq refuses the combination.",
  fix: 'Set sslmode=verify-full. If the server has a certificate from a private CA, set sslrootcert to the file of that CA instead.',
  couldBe: [],
  wordings: ['may not be used with sslrootcert=system'],
  examples: ['weak sslmode "require" may not be used with sslrootcert=system (use "verify-full")'],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
