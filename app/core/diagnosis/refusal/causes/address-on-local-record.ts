import type { Cause } from '../cause.ts';

export const addressOnLocalRecord: Cause = {
  id: 'address-on-local-record',
  layer: 'record',
  title: 'A local rule has an address',
  explanation:
    'Rules of type local have no address field, so PostgreSQL read the address as the authentication method.',
  fix: 'Change local to host or hostssl, or remove the address.',
  couldBe: [],
  wordings: ['invalid authentication method "…/…"'],
  examples: ['LOG:  invalid authentication method "127.0.0.1/32"'],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
