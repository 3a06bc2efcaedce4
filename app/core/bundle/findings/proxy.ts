import type { AccessModel } from '../../model/model.ts';
import { prefixText } from '../../net/prefix.ts';
import { proxyOf } from '../../plan/ways.ts';
import { type Finding, finding } from './finding.ts';

/** Findings about a proxy on the bastion. */
export function proxyFindings({ plan, clients }: AccessModel): Finding[] {
  const { network, security, server } = plan;
  const proxy = proxyOf(plan, 'bastion');
  const through = clients.filter(({ client }) => client.via === 'bastion');
  if (!proxy || network.pattern !== 'bastion' || through.length === 0) return [];
  const found: Finding[] = [];
  const networks = new Set(through.map(({ sources }) => sources.map(prefixText).toSorted().join(' ')));
  if (networks.size > 1) {
    const names = through.map(({ client }) => client.name).join(', ');
    found.push(
      finding('proxy-shared', proxy.kind === 'haproxy' ? 'medium' : 'low', 'network.proxy', { clients: names }),
    );
  }
  if (security.certificate.source !== 'own-ca') {
    found.push(finding('proxy-certificate', 'medium', 'network.name', { bastion: network.name }));
    if (proxy.kind === 'pgbouncer' && server.name !== null) {
      const values = { host: server.name, address: server.addresses.private[0] ?? '' };
      found.push(finding('pooler-name', 'info', 'server.name', values));
    }
  }
  if (proxy.kind === 'pgbouncer' && proxy.poolMode === 'transaction')
    found.push(finding('transaction-pooling', 'low', 'network.proxy.poolMode'));
  return found;
}
