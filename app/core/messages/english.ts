import { accessMessages } from './english/access.ts';
import { bastionMessages } from './english/bastion.ts';
import { certificateMessages } from './english/certificate.ts';
import { clientMessages } from './english/client.ts';
import { cloudMessages } from './english/cloud.ts';
import { findingMessages } from './english/finding.ts';
import { firewallMessages } from './english/firewall.ts';
import { guideMessages } from './english/guide.ts';
import { importMessages } from './english/import.ts';
import { inputMessages } from './english/input.ts';
import { monitoringMessages } from './english/monitoring.ts';
import { pathMessages } from './english/path.ts';
import { planMessages } from './english/plan.ts';
import { postgresMessages } from './english/postgres.ts';
import { proxyMessages } from './english/proxy.ts';
import { reachMessages } from './english/reach.ts';
import { replicaMessages } from './english/replica.ts';
import { rolloutMessages } from './english/rollout.ts';
import { tlsMessages } from './english/tls.ts';
import { vpnMessages } from './english/vpn.ts';

/** Every English sentence of the core, by id. `{name}` is a placeholder for a value. */
export const english = {
  ...accessMessages,
  ...bastionMessages,
  ...certificateMessages,
  ...clientMessages,
  ...cloudMessages,
  ...findingMessages,
  ...firewallMessages,
  ...guideMessages,
  ...importMessages,
  ...inputMessages,
  ...monitoringMessages,
  ...pathMessages,
  ...planMessages,
  ...postgresMessages,
  ...proxyMessages,
  ...reachMessages,
  ...replicaMessages,
  ...rolloutMessages,
  ...tlsMessages,
  ...vpnMessages,
} as const;
