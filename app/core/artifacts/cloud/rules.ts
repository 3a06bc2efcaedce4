import type { AccessModel, Flow, HostKind } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { contains, type Prefix, samePrefix } from '../../net/prefix.ts';
import { prefixesOf, setOf } from '../../net/set.ts';
import { prefixes } from '../../plan/ways.ts';

/** What one rule of a cloud's filter lets in. */
export interface CloudRule {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly service: Flow['service'];
  /** Networks of one family, merged where that opens nothing; or a group of the cloud. */
  readonly source: readonly Prefix[] | string;
  /** The host's addresses that packets go to, of the sources' family; those of both for a group. Empty: any. */
  readonly to: readonly Prefix[];
  /** Names of the clients behind it. */
  readonly names: readonly string[];
  readonly path: string;
}

/** The filter of one kind of machine. */
export interface CloudFilter {
  readonly host: HostKind;
  readonly rules: readonly CloudRule[];
}

/** Hosts that have a filter of their own, the server first. */
const HOSTS = ['server', 'replica', 'bastion', 'gateway'] as const satisfies readonly HostKind[];

/** The filters that the plan needs: what its flows bring to each kind of machine, and nothing else. */
export function cloudFilters(model: AccessModel): CloudFilter[] {
  return HOSTS.map((host) => ({ host, rules: rulesFor(model, host) })).filter(({ rules }) => rules.length > 0);
}

function rulesFor(model: AccessModel, host: HostKind): CloudRule[] {
  const ids = new Set(model.hosts.filter(({ kind, managed }) => kind === host && !managed).map(({ id }) => id));
  const flows = model.flows.filter(({ to }) => ids.has(to));
  const found: CloudRule[] = [];
  for (const flow of flows) {
    const same = flows.filter(({ service, port, protocol }) => sameService({ service, port, protocol }, flow));
    if (same[0] === flow) found.push(...serviceRules(model, host, same));
  }
  return found;
}

const sameService = (a: Pick<Flow, 'service' | 'port' | 'protocol'>, b: typeof a): boolean =>
  a.service === b.service && a.port === b.port && a.protocol === b.protocol;

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
      const names = plain
        .filter((flow) =>
          flow.from.some((prefix) => from.some((other) => contains(other, prefix) || contains(prefix, other))),
        )
        .map(nameOf);
      const path = plain.find((flow) => flow.from.some((prefix) => from.some((other) => contains(other, prefix))))
        ?.reason.path;
      return byDestination(shared, from, to, [...new Set(names)], path ?? first.reason.path);
    }),
  ];
}

/**
 * A tunnel or a bastion that the plan knows by its DNS name only: whoever may reach it may reach any address of the
 * machine, or nobody could get in at all.
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

/** A flow of an administrator is named by the entry that it comes from. */
function personOf({ plan }: AccessModel, id: string): string {
  const index = /^admin-(\d+)/.exec(id)?.[1];
  return (index === undefined ? undefined : plan.administration.people[Number(index)]?.name) ?? id;
}

/** Networks by the addresses that they reach: those that reach the same ones can be merged. */
function pairs(flows: readonly Flow[]): { from: Prefix[]; to: Prefix[] }[] {
  const targets = distinct(flows.flatMap(({ addresses }) => addresses));
  const found: { from: Prefix[]; to: Prefix[] }[] = [];
  for (const to of targets) {
    const here = flows.filter(({ addresses }) => addresses.some((address) => samePrefix(address, to)));
    const from = prefixesOf(setOf(here.flatMap((flow) => flow.from).filter(({ family }) => family === to.family)));
    const same = found.find((pair) => sameList(pair.from, from));
    if (same) same.to.push(to);
    else if (from.length > 0) found.push({ from, to: [to] });
  }
  return found;
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

const distinct = (all: readonly Prefix[]): Prefix[] =>
  all.filter((prefix, index) => all.findIndex((other) => samePrefix(other, prefix)) === index);

const sameList = (a: readonly Prefix[], b: readonly Prefix[]): boolean =>
  a.length === b.length && a.every((prefix, index) => b[index] !== undefined && samePrefix(prefix, b[index]));
