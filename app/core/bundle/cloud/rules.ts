import { grouped } from '../../grouped.ts';
import { say } from '../../messages/message.ts';
import { byAddress } from '../../model/layers.ts';
import type { AccessModel, Flow, HostKind } from '../../model/model.ts';
import { distinct, type Prefix, prefixKey } from '../../net/prefix.ts';
import { PrefixIndex } from '../../net/prefix-index.ts';
import { prefixesOf, setOf } from '../../net/set.ts';
import { prefixes } from '../../plan/ways.ts';

/** What one rule of a cloud's filter allows. */
export interface CloudRule {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly service: Flow['service'];
  /** Networks of one family, merged where that allows no other address; or a group of the cloud. */
  readonly source: readonly Prefix[] | string;
  /** Destination addresses on the host, in the sources' family; of both families for a group. Empty: any. */
  readonly to: readonly Prefix[];
  /** Names of the clients that it is for. */
  readonly names: readonly string[];
  readonly path: string;
}

/** The filter of one kind of machine. */
export interface CloudFilter {
  readonly host: HostKind;
  readonly rules: readonly CloudRule[];
}

/** Hosts that have their own filter, the server first. */
const HOSTS = ['server', 'replica', 'bastion', 'gateway'] as const satisfies readonly HostKind[];

/** The filters that the plan needs: only what its flows send to each kind of machine. */
export function cloudFilters(model: AccessModel): CloudFilter[] {
  return HOSTS.map((host) => ({ host, rules: rulesFor(model, host) })).filter(({ rules }) => rules.length > 0);
}

function rulesFor(model: AccessModel, host: HostKind): CloudRule[] {
  const ids = new Set(model.hosts.filter(({ kind, managed }) => kind === host && !managed).map(({ id }) => id));
  const flows = model.flows.filter(({ to }) => ids.has(to));
  const services = grouped(flows.map((flow) => [`${flow.service} ${flow.port} ${flow.protocol}`, flow] as const));
  return [...services.values()].flatMap((same) => serviceRules(model, host, same));
}

function serviceRules(model: AccessModel, host: HostKind, flows: readonly Flow[]): CloudRule[] {
  const [first] = flows;
  if (!first) return [];
  const { protocol, port, service } = first;
  const shared = { protocol, port, service } as const;
  const { cloud } = model.plan;
  const own = 'sources' in cloud && host === 'server' && service === 'postgresql' ? cloud.sources : null;
  if (own !== null) {
    const to = flows.flatMap(({ addresses }) => addresses);
    return byDestination(shared, prefixes(own), to, [say('layer.cloudSources').text], 'cloud.sources');
  }
  const group = ({ client }: Flow) => (client === undefined ? null : (model.plan.clients[client]?.cloudGroup ?? null));
  const nameOf = ({ client, id }: Flow) =>
    client === undefined ? personOf(model, id) : (model.plan.clients[client]?.name ?? id);
  const byGroup = flows.flatMap((flow): CloudRule[] => {
    const source = flow.fromHost === undefined ? group(flow) : null;
    return source === null
      ? []
      : [{ ...shared, source, to: flow.addresses, names: [nameOf(flow)], path: flow.reason.path }];
  });
  const plain = flows.filter((flow) => flow.fromHost !== undefined || group(flow) === null);
  return [
    ...byGroup,
    ...(service === 'postgresql' ? [] : anywhere(shared, plain, nameOf)),
    ...pairs(plain).flatMap(({ from, to }) => {
      const merged = new PrefixIndex(from.map((prefix) => [prefix, prefix] as const));
      const names = plain.filter((flow) => flow.from.some((prefix) => merged.overlaps(prefix))).map(nameOf);
      const path = plain.find((flow) => flow.from.some((prefix) => merged.covers(prefix)))?.reason.path;
      return byDestination(shared, from, to, [...new Set(names)], path ?? first.reason.path);
    }),
  ];
}

/**
 * For a tunnel or a bastion that the plan knows only by its DNS name: its clients may reach any address of the machine,
 * because otherwise nobody could connect.
 */
function anywhere(
  shared: Pick<CloudRule, 'protocol' | 'port' | 'service'>,
  flows: readonly Flow[],
  nameOf: (flow: Flow) => string,
): CloudRule[] {
  return flows
    .filter(({ addresses }) => addresses.length === 0)
    .flatMap((flow) =>
      ([4, 6] as const).flatMap((family): CloudRule[] => {
        const source = prefixesOf(setOf(flow.from.filter((prefix) => prefix.family === family)));
        return source.length === 0
          ? []
          : [{ ...shared, source, to: [], names: [nameOf(flow)], path: flow.reason.path }];
      }),
    );
}

/** A flow of an administrator is named after the entry that it comes from. */
function personOf({ plan }: AccessModel, id: string): string {
  const index = /^admin-(\d+)/.exec(id)?.[1];
  return (index === undefined ? undefined : plan.administration.people[Number(index)]?.name) ?? id;
}

/** Networks by the addresses that they reach: networks with the same addresses can be merged. */
function pairs(flows: readonly Flow[]): { from: Prefix[]; to: Prefix[] }[] {
  const reaching = byAddress(flows);
  const found = new Map<string, { from: Prefix[]; to: Prefix[] }>();
  for (const to of distinct(flows.flatMap(({ addresses }) => addresses))) {
    const here = reaching.get(prefixKey(to)) ?? [];
    const from = prefixesOf(setOf(here.flatMap((flow) => flow.from).filter(({ family }) => family === to.family)));
    const key = from.map(prefixKey).join();
    const same = found.get(key);
    if (same) same.to.push(to);
    else if (from.length > 0) found.set(key, { from, to: [to] });
  }
  return [...found.values()];
}

function byDestination(
  shared: Pick<CloudRule, 'protocol' | 'port' | 'service'>,
  from: readonly Prefix[],
  to: readonly Prefix[],
  names: readonly string[],
  path: string,
): CloudRule[] {
  return ([4, 6] as const).flatMap((family) => {
    const source = prefixesOf(setOf(from.filter((prefix) => prefix.family === family)));
    const targets = distinct(to.filter((prefix) => prefix.family === family));
    return source.length === 0 || targets.length === 0 ? [] : [{ ...shared, source, to: targets, names, path }];
  });
}
