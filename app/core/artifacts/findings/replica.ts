import { firewallOn } from '../../access/host-firewall.ts';
import type { AccessModel } from '../../access/model.ts';
import { readsReplicas } from '../../access/replicas.ts';
import { say } from '../../messages/message.ts';
import { prefixText } from '../../net/prefix.ts';
import { madeHere, primaryHost, replicationRole } from '../replica/source.ts';
import { type Finding, finding } from './finding.ts';

const MANUAL = 'postgresql.org/docs/current/warm-standby.html';

/** What a standby does not do by itself. */
export function replicaFindings(model: AccessModel): Finding[] {
  const { plan, replicas, release, platform, clients } = model;
  if (replicas.length === 0) return [];
  const readers = clients.filter(({ client }) => readsReplicas(client));
  const found = [finding('replica-failover', 'note', 'network.replicas', { host: primaryHost(model) }, [MANUAL])];
  if (readers.length === 0) found.push(finding('replica-no-clients', 'note', 'network.replicas'));
  else if (firewallOn(plan, 'replica') === 'none') {
    const sources = [...new Set(readers.flatMap((access) => access.sources.map(prefixText)))].join(', ');
    found.push(finding('replica-firewall', 'warning', 'network.replicas', { port: plan.server.port, sources }));
  }
  if (replicas.some(({ slot }) => slot !== null)) {
    const limit = release.major < 13 ? say('replica.noLimit', { major: release.major }) : say('replica.limit');
    const severity = release.major < 13 ? 'warning' : 'note';
    found.push(finding('replica-slot', severity, 'network.slots', { limit: limit.text }, [MANUAL]));
  }
  if (!madeHere(model)) {
    const values = { platform: platform.label, role: replicationRole(model) };
    found.push(finding('replica-by-hand', 'warning', 'server.platform', values, [MANUAL]));
  }
  return found;
}
