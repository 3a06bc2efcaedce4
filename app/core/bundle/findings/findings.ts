import type { AccessModel } from '../../model/model.ts';
import { worstFirst } from '../../severity.ts';
import { clientFindings } from './clients.ts';
import { type Finding, LISTED, more } from './finding.ts';
import { layerFindings } from './layers.ts';
import { lookalikeFindings } from './lookalikes.ts';
import { monitoringFindings } from './monitoring.ts';
import { proxyFindings } from './proxy.ts';
import { replicaFindings } from './replica.ts';
import { networkFindings, serverFindings } from './server.ts';
import { serviceFindings } from './service.ts';
import { sshFindings } from './ssh.ts';
import { tlsFindings } from './tls.ts';

/** Where findings come from, each part from its own part of the model. */
export const FINDERS: readonly ((model: AccessModel) => readonly Finding[])[] = [
  clientFindings,
  layerFindings,
  lookalikeFindings,
  monitoringFindings,
  networkFindings,
  proxyFindings,
  replicaFindings,
  serverFindings,
  serviceFindings,
  tlsFindings,
  sshFindings,
];

/** What the administrator should know about a plan, worst first: what the finders came to. */
export const findings = (found: readonly (readonly Finding[])[]): Finding[] => fewer(found.flat()).toSorted(worstFirst);

/**
 * Some kinds have a finding for each source network of each client: the first of them, and the number of remaining
 * ones.
 */
function fewer(found: readonly Finding[]): Finding[] {
  const counts = new Map<string, { readonly last: Finding; readonly count: number }>();
  const first = found.filter((one) => {
    const { last = one, count = 0 } = counts.get(one.id) ?? {};
    counts.set(one.id, { last: count < LISTED ? one : last, count: count + 1 });
    return count < LISTED;
  });
  return [...first, ...[...counts.values()].flatMap(({ last, count }) => more(last, count - LISTED))];
}
