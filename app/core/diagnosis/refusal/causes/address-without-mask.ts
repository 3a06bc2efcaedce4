import type { Cause } from '../cause.ts';
import { invalidLines } from '../command.ts';
import { fileNotLoaded } from './file-not-loaded.ts';

export const addressWithoutMask: Cause = {
  id: 'address-without-mask',
  layer: 'record',
  title: 'An address in pg_hba.conf has no prefix length',
  explanation:
    'PostgreSQL reads an address without a prefix length as the first half of address and netmask. It read the method after it as the mask, and rejects the whole file.',
  fix: 'Add /32 to an IPv4 address or /128 to an IPv6 address, and reload.',
  commands: invalidLines,
  check: fileNotLoaded.check,
  otherwise: 'If a host name has a prefix length, the message is `specifying both host name and CIDR mask is invalid`.',
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
