import { grouped } from '../grouped.ts';
import { exampleAddress } from '../net/example-address.ts';
import { distinct, type Prefix, parseAddress, prefixKey, samePrefix } from '../net/prefix.ts';
import { type AddressSet, difference, everything, isEmpty, nothing, setOf, union } from '../net/set.ts';
import { prefixes } from '../plan/ways.ts';
import { firewallOn } from './host-firewall.ts';
import type { AccessModel, Flow, HbaEntry } from './model.ts';

/** The layers that filter connections to PostgreSQL, from outside to inside. */
export type LayerKind = 'cloud' | 'firewall' | 'listen' | 'hba';

/** One layer, and the sources that it allows to one address of a server. A cloud security group of a client counts as its networks. */
export interface Layer {
  readonly kind: LayerKind;
  /** Plan path of the answer that controls the layer. */
  readonly path: string;
  /** The user chose networks other than those of the clients, or no filter. */
  readonly chosen: boolean;
  readonly admits: AddressSet;
}

/** The layers in front of one address of the database server or of a replica. */
export interface Way {
  /** Id of the host. */
  readonly host: string;
  readonly to: Prefix;
  /** Source networks of the plan's clients, as packets have them here. */
  readonly needs: AddressSet;
  readonly layers: readonly Layer[];
}

/** A layer that allows other sources than the plan requires, with an example address. */
export interface Disagreement {
  readonly layer: Layer;
  readonly to: Prefix;
  /** `blocks`: the layer blocks a client. `wider`: it allows an address of no client. */
  readonly kind: 'blocks' | 'wider';
  readonly witness: Prefix;
  /** Index of the blocked client in the plan. */
  readonly client?: number;
}

/** The layers of a plan, for the diagram, the findings and the connection trace. */
export interface Layers {
  readonly ways: readonly Way[];
  /** An empty list is a proof that every layer allows exactly the clients of the plan. */
  readonly disagreements: readonly Disagreement[];
}

export const layersOf = (model: AccessModel): Layers => ({
  ways: waysIn(model),
  disagreements: disagreements(model),
});

const flowsTo = ({ flows }: AccessModel, host: string): Flow[] =>
  flows.filter(({ to, service }) => to === host && service === 'postgresql');

/** Every address at which clients reach PostgreSQL, with the layers in front of it. */
function waysIn(model: AccessModel): Way[] {
  const postgres = model.flows.filter(({ service }) => service === 'postgresql');
  const flows = grouped(postgres.map((flow) => [flow.to, flow] as const));
  const admits = { server: admitted(model.hbaEntries), replica: admitted(model.replicaHbaEntries) };
  return model.hosts
    .filter(({ kind }) => kind === 'server' || kind === 'replica')
    .flatMap(({ id }) => waysTo(model, id, flows.get(id) ?? [], id === 'server' ? admits.server : admits.replica));
}

/** Flows by the key of each destination address. */
export const byAddress = (flows: readonly Flow[]): ReadonlyMap<string, readonly Flow[]> =>
  grouped(flows.flatMap((flow) => distinct(flow.addresses).map((address) => [prefixKey(address), flow] as const)));

/** The address sets are cached by flow list, because most addresses of a host have the same sources. */
function waysTo(model: AccessModel, host: string, flows: readonly Flow[], records: AddressSet): Way[] {
  const reaching = byAddress(flows);
  const needsByFlows = new Map<string, AddressSet>();
  return distinct(flows.flatMap(({ addresses }) => addresses)).map((to) => {
    const flowsHere = reaching.get(prefixKey(to)) ?? [];
    const key = [to.family, ...flowsHere.map(({ id }) => id)].join(' ');
    const needs =
      needsByFlows.get(key) ??
      setOf(flowsHere.flatMap(({ from }) => from).filter(({ family }) => family === to.family));
    needsByFlows.set(key, needs);
    return { host, to, needs, layers: layers(model, host, needs, to, records) };
  });
}

function layers(model: AccessModel, host: string, needs: AddressSet, to: Prefix, records: AddressSet): Layer[] {
  const { plan, listen } = model;
  const { firewall, cloud } = plan;
  const ofFamily = (set: AddressSet): AddressSet => set.filter(({ family }) => family === to.family);
  const chosenOr = (sources: readonly string[] | null): AddressSet =>
    sources === null ? needs : ofFamily(setOf(prefixes(sources)));
  const hba: Layer = { kind: 'hba', path: 'clients', chosen: false, admits: ofFamily(records) };
  const filter = (sources: readonly string[] | null): Layer[] =>
    cloud.provider === 'none'
      ? []
      : [{ kind: 'cloud', path: 'cloud.sources', chosen: sources !== null, admits: chosenOr(sources) }];
  // The plan's choices apply to the database server. Filters in front of a replica follow the clients.
  if (host !== 'server') {
    const own: Layer = { kind: 'firewall', path: 'firewall.kind', chosen: false, admits: needs };
    return [...filter(null), ...(firewallOn(plan, 'replica') === 'none' ? [] : [own]), hba];
  }
  const none = firewallOn(plan, 'server') === 'none';
  return [
    ...filter(cloud.provider === 'none' ? null : cloud.sources),
    {
      kind: 'firewall',
      path: none ? 'firewall.kind' : 'firewall.sources',
      chosen: none || firewall.sources !== null,
      admits: none ? ofFamily(everything) : chosenOr(firewall.sources),
    },
    {
      kind: 'listen',
      path: 'server.addresses',
      chosen: false,
      admits: listen.some(({ address }) => address === '*' || sameAddress(address, to))
        ? ofFamily(everything)
        : nothing,
    },
    hba,
  ];
}

function sameAddress(text: string, to: Prefix): boolean {
  const address = parseAddress(text);
  return address !== undefined && samePrefix(address, to);
}

/** Sources from which some record of pg_hba.conf accepts a connection, without records for the server itself. */
function admitted(hbaEntries: readonly HbaEntry[]): AddressSet {
  const open = hbaEntries
    .filter(({ method, section }) => method !== 'reject' && section !== 'loopback' && section !== 'local')
    .map(({ address }) => address);
  const networks = setOf(open.filter((address) => address !== null && address !== 'all'));
  return open.includes('all') ? everything : networks;
}

/**
 * The layers that block a client of the plan or allow an address of no client. pg_hba.conf doesn't distinguish the server's
 * destination addresses, so it is compared with the sources of all of them. The choice to have no filter is not a
 * disagreement.
 */
function disagreements(model: AccessModel): Disagreement[] {
  const ways = waysIn(model);
  const hosts = new Map(ways.map(({ host }) => [host, new Set<AddressSet>()] as const));
  for (const { host, needs } of ways) hosts.get(host)?.add(needs);
  const every = new Map([...hosts].map(([host, needs]) => [host, union(...needs)] as const));
  return ways.flatMap(({ host, to, needs, layers: all }) => {
    const everyNeed = every.get(host) ?? needs;
    return all.flatMap((layer): Disagreement[] => {
      const stopped = exampleAddress(difference(needs, layer.admits));
      const open = exampleAddress(difference(layer.admits, layer.kind === 'hba' ? everyNeed : needs));
      const client = stopped && clientAt(model, host, stopped, to);
      const filters =
        layer.kind !== 'listen' && (layer.kind !== 'firewall' || firewallOn(model.plan, 'server') !== 'none');
      return [
        ...(stopped
          ? [{ layer, to, kind: 'blocks', witness: stopped, ...(client === undefined ? {} : { client }) } as const]
          : []),
        ...(open && filters ? [{ layer, to, kind: 'wider', witness: open } as const] : []),
      ];
    });
  });
}

/** The client whose flow includes packets from this address. */
const clientAt = (model: AccessModel, host: string, source: Prefix, to: Prefix): number | undefined =>
  flowsTo(model, host).find(
    ({ from, addresses }) =>
      addresses.some((address) => samePrefix(address, to)) && isEmpty(difference(setOf([source]), setOf(from))),
  )?.client;
