import type { AccessModel, Flow, Reason } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { addressText, type Prefix, prefixText, samePrefix, width } from '../../net/prefix.ts';
import { prefixes } from '../../plan/ways.ts';
import type { Block, Language } from '../file.ts';

/** A pair of networks of one family between which packets may pass to a port. */
export interface Pair {
  readonly from: Prefix;
  readonly to: Prefix;
}

/** What one flow adds to a firewall: its reason, and the pairs that no flow before it has. */
export interface Opening {
  readonly reason: Reason;
  readonly label: string;
  readonly port: number;
  readonly pairs: readonly Pair[];
}

/** The systems that have Linux's packet filter. */
export const hasNetfilter = ({ platform }: AccessModel): boolean =>
  platform.platform !== 'windows' && platform.platform !== 'macos';

/** Who may reach PostgreSQL on the server, flow by flow, each pair once. */
export function postgresOpenings(model: AccessModel): Opening[] {
  const flows = model.flows.filter(({ to, service }) => to === 'server' && service === 'postgresql');
  const { sources } = model.plan.firewall;
  if (sources === null) return openings(model, flows);
  const [first] = flows;
  if (!first) return [];
  const reason: Reason = { message: say('firewall.sources'), path: 'firewall.sources' };
  const addresses = flows.flatMap((flow) => flow.addresses);
  return openings(model, [{ ...first, id: 'sources', from: prefixes(sources), addresses, reason }]);
}

function openings(model: AccessModel, flows: readonly Flow[]): Opening[] {
  const seen: Pair[] = [];
  return flows.flatMap((flow) => {
    const pairs: Pair[] = [];
    for (const pair of flow.from.flatMap((from) => flow.addresses.map((to) => ({ from, to })))) {
      if (pair.from.family !== pair.to.family) continue;
      if (seen.some((other) => samePrefix(other.from, pair.from) && samePrefix(other.to, pair.to))) continue;
      seen.push(pair);
      pairs.push(pair);
    }
    const client = flow.client === undefined || flow.id === 'sources' ? undefined : model.plan.clients[flow.client];
    return pairs.length === 0 ? [] : [{ reason: flow.reason, label: client?.name ?? flow.id, port: flow.port, pairs }];
  });
}

/** Where administrators reach the server's SSH from; every source once. */
export interface SshSource {
  readonly reason: Reason;
  readonly port: number;
  readonly from: readonly Prefix[];
}

export function sshSources(model: AccessModel): SshSource[] {
  const seen: Prefix[] = [];
  return model.flows
    .filter(({ to, service }) => to === 'server' && service === 'ssh')
    .flatMap(({ from, port, reason }) => {
      const fresh = from.filter((prefix) => !seen.some((other) => samePrefix(other, prefix)));
      seen.push(...fresh);
      return fresh.length === 0 ? [] : [{ reason, port, from: fresh }];
    });
}

/** The tunnel's port, where the tunnel ends on the server itself. */
export const tunnelFlow = (model: AccessModel): Flow | undefined =>
  model.flows.find(({ to, service }) => to === 'server' && service === 'wireguard');

/** A network as firewalls show it: one host without its length. */
export const shortText = (prefix: Prefix): string =>
  prefix.length === width(prefix.family) ? addressText(prefix) : prefixText(prefix);

/** Keeps the blocks that have something to say. */
export const filled = <L extends Language>(blocks: readonly Block<L>[]): Block<L>[] =>
  blocks.filter(({ lines }) => lines.length > 0);
