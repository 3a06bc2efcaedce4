import type { AccessModel, Flow, Reason } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { addressText, contains, type Family, type Prefix, prefixText, samePrefix, width } from '../../net/prefix.ts';
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
  readonly pairs: readonly Pair[];
}

/** Who may reach PostgreSQL on the server, flow by flow, each pair once. The plan may name other networks than the clients'. */
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

const anywhere = prefixes(['0.0.0.0/0', '::/0']);

/** The pairs of some flows to one port. A tunnel's end may be known by its name alone, so UDP is open at every address. */
export function openings(model: AccessModel, flows: readonly Flow[]): Opening[] {
  const seen: Pair[] = [];
  return flows.flatMap((flow) => {
    const pairs: Pair[] = [];
    const targets = flow.protocol === 'udp' ? anywhere : flow.addresses;
    for (const pair of flow.from.flatMap((from) => targets.map((to) => ({ from, to })))) {
      if (pair.from.family !== pair.to.family) continue;
      if (seen.some((other) => samePrefix(other.from, pair.from) && samePrefix(other.to, pair.to))) continue;
      seen.push(pair);
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

/** An opening with few rules: no network that lies in another one, and addresses with the same networks together. */
export function groupsOf({ pairs }: Opening): Group[] {
  const found: { from: Prefix[]; to: Prefix[]; family: Family }[] = [];
  for (const to of distinct(pairs.map((pair) => pair.to))) {
    const from = outermost(pairs.filter((pair) => samePrefix(pair.to, to)).map((pair) => pair.from));
    const same = found.find((group) => sameList(group.from, from));
    if (same) same.to.push(to);
    else found.push({ from, to: [to], family: to.family });
  }
  return found;
}

const distinct = (networks: readonly Prefix[]): Prefix[] =>
  networks.filter((prefix, index) => networks.findIndex((other) => samePrefix(other, prefix)) === index);

const outermost = (networks: readonly Prefix[]): Prefix[] =>
  distinct(networks).filter(
    (prefix) => !networks.some((other) => contains(other, prefix) && !samePrefix(other, prefix)),
  );

const sameList = (a: readonly Prefix[], b: readonly Prefix[]): boolean =>
  a.length === b.length && a.every((prefix, index) => b[index] !== undefined && samePrefix(prefix, b[index]));

/** A network as firewalls show it: one host without its length. */
export const shortText = (prefix: Prefix): string =>
  prefix.length === width(prefix.family) ? addressText(prefix) : prefixText(prefix);

/** Keeps the blocks that have something to say. */
export const filled = <L extends Language>(blocks: readonly Block<L>[]): Block<L>[] =>
  blocks.filter(({ lines }) => lines.length > 0);
