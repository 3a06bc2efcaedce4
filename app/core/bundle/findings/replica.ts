import { say } from '../../messages/message.ts';
import { firewallOn } from '../../model/host-firewall.ts';
import type { AccessModel } from '../../model/model.ts';
import { readsReplicas } from '../../model/replicas.ts';
import { prefixText } from '../../net/prefix.ts';
import { madeHere, primaryHost, replicationRole } from '../replica/source.ts';
import { type Finding, finding } from './finding.ts';

/** What a standby does not do by itself. */
export function replicaFindings(model: AccessModel): Finding[] {
  const { plan, replicas, release, platform, clients } = model;
  if (replicas.length === 0) return [];
  const readers = clients.filter(({ client }) => readsReplicas(client));
  const found = [finding('replica-failover', 'info', 'network.replicas', { host: primaryHost(model) })];
  if (readers.length === 0) found.push(finding('replica-no-clients', 'info', 'network.replicas'));
  else if (firewallOn(plan, 'replica') === 'none') {
    const sources = [...new Set(readers.flatMap((access) => access.sources.map(prefixText)))].join(', ');
    found.push(finding('replica-firewall', 'medium', 'network.replicas', { port: plan.server.port, sources }));
  }
  if (replicas.some(({ slot }) => slot !== null)) {
    const limit = release.major < 13 ? say('replica.noLimit', { major: release.major }) : say('replica.limit');
    const severity = release.major < 13 ? 'medium' : 'low';
    found.push(finding('replica-slot', severity, 'network.slots', { limit: limit.text }));
  }
  if (!madeHere(model)) {
    const values = { platform: platform.label, role: replicationRole(model) };
    found.push(finding('replica-by-hand', 'low', 'server.platform', values));
  }
  return found;
}
