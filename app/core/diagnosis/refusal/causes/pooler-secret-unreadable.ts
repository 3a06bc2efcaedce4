import type { Cause } from '../cause.ts';

export const poolerSecretUnreadable: Cause = {
  id: 'pooler-secret-unreadable',
  layer: 'secret',
  title: "Pgpool-II can't decrypt the role's password in pool_passwd",
  explanation:
    "pool_passwd holds the password encrypted with AES, and Pgpool-II has no key, or another one. It can't check the client's password, and PostgreSQL wasn't asked.",
  fix: 'Put the key that `pg_enc` used into .pgpoolkey in the home directory of the account that runs Pgpool-II, or name the file in PGPOOLKEYFILE. Set its mode to 0600, then restart Pgpool-II.',
  check: 'The client connects through Pgpool-II.',
  otherwise:
    'If pool_passwd has no entry for the role, the message names it: `pool_passwd file does not contain an entry for`.',
  couldBe: [],
  wordings: ['unable to decrypt password from pool_passwd', 'verify the valid pool_key exists'],
  examples: ['DETAIL:  unable to decrypt password from pool_passwd'],
  references: [
    {
      title: 'Pgpool-II, authentication methods',
      url: 'https://access.crunchydata.com/documentation/pgpool/latest/auth-methods.html',
    },
  ],
};
