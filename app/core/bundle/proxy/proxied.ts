import type { AccessModel, ClientAccess } from '../../model/model.ts';
import { parseAddress } from '../../net/prefix.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { type BastionProxy, proxyOf } from '../../plan/ways.ts';
import { canonical } from '../bastion/targets.ts';

/** The bastion with the given kind of proxy and the clients that connect to it; undefined if the plan has none. */
export function proxied<K extends BastionProxy['kind']>(
  model: AccessModel,
  kind: K,
):
  | { bastion: BastionNetwork; proxy: Extract<BastionProxy, { kind: K }>; clients: readonly ClientAccess[] }
  | undefined {
  const { network } = model.plan;
  const proxy = proxyOf(model.plan, 'bastion');
  const clients = model.clients.filter(({ client }) => client.via === 'bastion');
  if (network.pattern !== 'bastion' || proxy?.kind !== kind || clients.length === 0) return undefined;
  return { bastion: network, proxy: proxy as Extract<BastionProxy, { kind: K }>, clients };
}

/** The database's address and the bastion's own of the same family, which PostgreSQL then sees as the source. */
export function innerHop({ plan }: AccessModel, bastion: BastionNetwork): { from: string; to: string } {
  for (const to of plan.server.addresses.private) {
    const from = bastion.privateAddresses.find((one) => parseAddress(one)?.family === parseAddress(to)?.family);
    if (from !== undefined) return { from: canonical(from), to: canonical(to) };
  }
  throw new Error('the plan has no bastion address of the same family as the database');
}

/**
 * What PgBouncer connects to and expects in the server's certificate: an address, or a name, because a public CA signs
 * names.
 */
export function pooledHost(model: AccessModel, bastion: BastionNetwork): string {
  const { server, security } = model.plan;
  const address = innerHop(model, bastion).to;
  return security.certificate.source === 'own-ca' ? address : (server.name ?? address);
}
