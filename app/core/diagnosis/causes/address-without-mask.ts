import type { Cause } from '../cause.ts';

export const addressWithoutMask: Cause = {
  id: 'address-without-mask',
  layer: 'record',
  title: 'An address in pg_hba.conf lacks its prefix length',
  explanation:
    'A bare address is taken for the first half of address and netmask, so the method behind it was read as the mask, and the server refuses the whole file.',
  fix: 'Write /32 behind an IPv4 address and /128 behind an IPv6 address, and reload.',
  couldBe: [],
  wordings: [
    'invalid IP mask "…"',
    'end-of-line before netmask specification',
    'Specify an address range in CIDR notation, or provide a separate netmask',
  ],
  examples: [
    'LOG:  invalid IP mask "md5": Name or service not known',
    'LOG:  invalid IP mask "scram-sha-256": Name or service not known',
    'LOG:  end-of-line before netmask specification',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
