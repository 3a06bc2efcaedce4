import type { Method } from '../postgres/hba/record.ts';

/** Methods that take a password, in whatever form. */
export const asksForSecret: ReadonlySet<Method> = new Set([
  'password',
  'md5',
  'scram-sha-256',
  'ldap',
  'radius',
  'pam',
  'bsd',
]);
