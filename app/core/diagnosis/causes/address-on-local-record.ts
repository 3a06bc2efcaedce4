import type { Cause } from '../cause.ts';

export const addressOnLocalRecord: Cause = {
  id: 'address-on-local-record',
  layer: 'record',
  title: 'A local record carries an address',
  explanation: 'Records of the type local have no address field, so the address was read as the method.',
  fix: 'Write host or hostssl in place of local, or take the address out.',
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
