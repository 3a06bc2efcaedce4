import { hostsCertificates } from './hosts-rules/hosts-certificates.ts';
import { hostsClientCa } from './hosts-rules/hosts-client-ca.ts';
import { hostsFileUnused } from './hosts-rules/hosts-file-unused.ts';
import { hostsLineRejected } from './hosts-rules/hosts-line-rejected.ts';
import { hostsLockOut } from './hosts-rules/hosts-lock-out.ts';
import { hostsNameNotSent } from './hosts-rules/hosts-name-not-sent.ts';
import type { HostsRule } from './rule.ts';

/** Every rule about pg_hosts.conf. */
export const hostsRules: readonly HostsRule[] = [
  hostsFileUnused,
  hostsLineRejected,
  hostsLockOut,
  hostsClientCa,
  hostsNameNotSent,
  hostsCertificates,
];
