import type { AccessModel } from '../../access/model.ts';
import { clientFindings } from './clients.ts';
import type { Finding, Severity } from './finding.ts';
import { layerFindings } from './layers.ts';
import { monitoringFindings } from './monitoring.ts';
import { proxyFindings } from './proxy.ts';
import { replicaFindings } from './replica.ts';
import { networkFindings, serverFindings } from './server.ts';
import { sshFindings } from './ssh.ts';
import { tlsFindings } from './tls.ts';

const order: readonly Severity[] = ['danger', 'warning', 'note'];

/** What the administrator should know about this plan, worst first. */
export function findings(model: AccessModel): Finding[] {
  const found = [
    ...clientFindings(model),
    ...layerFindings(model),
    ...monitoringFindings(model),
    ...networkFindings(model),
    ...proxyFindings(model),
    ...replicaFindings(model),
    ...serverFindings(model),
    ...tlsFindings(model),
    ...sshFindings(model),
  ];
  return found.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
