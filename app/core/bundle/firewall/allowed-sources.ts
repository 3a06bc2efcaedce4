import { grouped } from '../../grouped.ts';
import { say } from '../../messages/message.ts';
import type { AccessModel, Flow, Reason } from '../../model/model.ts';
import { addressText, distinct, type Family, type Prefix, prefixKey, prefixText, width } from '../../net/prefix.ts';
import { PrefixIndex } from '../../net/prefix-index.ts';
import { prefixes } from '../../plan/ways.ts';
import type { Block, Language } from '../file.ts';

/** A pair of networks of one family between which packets may pass to a port. */
export interface Pair {
  readonly from: Prefix;
  readonly to: Prefix;
}

/** What one flow adds to a firewall: its reason, and the pairs that no earlier flow has. */
export interface AllowedSources {
  readonly reason: Reason;
  readonly label: string;
  readonly pairs: readonly Pair[];
}

/**
 * Who may reach PostgreSQL on the server, flow by flow, each pair once. The plan may name networks other than the
 * clients'.
 */
export function postgresSources(model: AccessModel): AllowedSources[] {
  const flows = model.flows.filter(({ to, service }) => to === 'server' && service === 'postgresql');
  const { sources } = model.plan.firewall;
  if (sources === null) return allowedSources(model, flows);
  const [first] = flows;
  if (!first) return [];
  const reason: Reason = { message: say('firewall.sources'), path: 'firewall.sources' };
  const addresses = flows.flatMap((flow) => flow.addresses);
  return allowedSources(model, [{ ...first, id: 'sources', from: prefixes(sources), addresses, reason }]);
}

const anywhere = prefixes(['0.0.0.0/0', '::/0']);

/**
 * The pairs of some flows to one port. A tunnel peer may be known only by its name, so UDP is open from every address.
 */
export function allowedSources(model: AccessModel, flows: readonly Flow[]): AllowedSources[] {
  const seen = new Set<string>();
  return flows.flatMap((flow) => {
    const pairs: Pair[] = [];
    const targets = flow.protocol === 'udp' ? anywhere : flow.addresses;
    for (const pair of flow.from.flatMap((from) => targets.map((to) => ({ from, to })))) {
      if (pair.from.family !== pair.to.family) continue;
      const key = `${prefixKey(pair.from)} ${prefixKey(pair.to)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      pairs.push(pair);
    }
    const client = flow.client === undefined || flow.id === 'sources' ? undefined : model.plan.clients[flow.client];
    return pairs.length === 0 ? [] : [{ reason: flow.reason, label: client?.name ?? flow.id, pairs }];
  });
}

/** Networks that reach the same addresses, all of one family. */
export interface Group {
  readonly family: Family;
  readonly from: readonly Prefix[];
  readonly to: readonly Prefix[];
}

/** The same with few rules: no network inside another one, and addresses with the same networks grouped. */
export function groupsOf({ pairs }: AllowedSources): Group[] {
  const reaching = grouped(pairs.map(({ from, to }) => [prefixKey(to), from] as const));
  const found = new Map<string, { from: Prefix[]; to: Prefix[]; family: Family }>();
  for (const to of distinct(pairs.map((pair) => pair.to))) {
    const from = outermost(reaching.get(prefixKey(to)) ?? []);
    const key = from.map(prefixKey).join();
    const same = found.get(key);
    if (same) same.to.push(to);
    else found.set(key, { from, to: [to], family: to.family });
  }
  return [...found.values()];
}

function outermost(networks: readonly Prefix[]): Prefix[] {
  const all = distinct(networks);
  const index = new PrefixIndex(all.map((prefix) => [prefix, prefix] as const));
  return all.filter((prefix) => index.covering(prefix).length === 1);
}

/** A network as firewalls display it: one host without its length. */
export const shortText = (prefix: Prefix): string =>
  prefix.length === width(prefix.family) ? addressText(prefix) : prefixText(prefix);

/** Keeps the blocks that are not empty. */
export const filled = <L extends Language>(blocks: readonly Block<L>[]): Block<L>[] =>
  blocks.filter(({ lines }) => lines.length > 0);
