import type { Cause } from '../cause.ts';

export const nameWithMask: Cause = {
  id: 'name-with-mask',
  layer: 'record',
  title: 'A host name in pg_hba.conf carries a prefix length',
  explanation:
    'Only numeric addresses have a prefix length. The server refuses the whole file, and does not come up at the next start.',
  fix: 'Take the /32 off the name, or better write the numeric address with /32 (a name needs reverse and forward DNS that agree at each connection).',
  couldBe: [],
  wordings: ['specifying both host name and CIDR mask is invalid: "…"'],
  examples: ['LOG:  specifying both host name and CIDR mask is invalid: "host.example/32"'],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
