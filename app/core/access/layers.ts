import { type Prefix, parseAddress, samePrefix } from '../net/prefix.ts';
import { type AddressSet, difference, everything, isEmpty, nothing, setOf, union, witness } from '../net/set.ts';
import { prefixes } from '../plan/ways.ts';
import { firewallOn } from './host-firewall.ts';
import type { AccessModel, Flow, Grant } from './model.ts';

/** What stands before PostgreSQL, from outside to inside. */
export type LayerKind = 'cloud' | 'firewall' | 'listen' | 'hba';

/**
 * One layer, and whom it lets through to PostgreSQL at one address of a server. A client that the cloud knows by a group
 * counts as its networks.
 */
export interface Layer {
  readonly kind: LayerKind;
  /** The answer that decides about it. */
  readonly path: string;
  /** The user chose other networks than those of the clients, or no filter. */
  readonly chosen: boolean;
  readonly admits: AddressSet;
}

/** The layers before one address of the database server or of a replica, and who has to pass them. */
export interface Way {
  /** Id of the host. */
  readonly host: string;
  readonly to: Prefix;
  /** The networks that the plan's clients come from, as they arrive here. */
  readonly needs: AddressSet;
  readonly layers: readonly Layer[];
}

/** A layer that does not agree with what the plan needs, with one address that shows it. */
export interface Disagreement {
  readonly layer: Layer;
  readonly to: Prefix;
  /** It stops a client, or lets through whom no client is. */
  readonly kind: 'blocks' | 'wider';
  readonly witness: Prefix;
  /** The client that is stopped, as an index in the plan. */
  readonly client?: number;
}

/** What the picture, the findings and the simulator read about the layers of a plan. */
export interface Layers {
  readonly ways: readonly Way[];
  /** Empty means proven: every layer lets the clients of the plan through, and nobody else. */
  readonly disagreements: readonly Disagreement[];
}

export const layersOf = (model: AccessModel): Layers => ({
  ways: waysIn(model),
  disagreements: disagreements(model),
});

const flowsTo = ({ flows }: AccessModel, host: string): Flow[] =>
  flows.filter(({ to, service }) => to === host && service === 'postgresql');

/** Every address at which clients reach PostgreSQL, with the layers before it. */
const waysIn = (model: AccessModel): Way[] =>
  model.hosts.filter(({ kind }) => kind === 'server' || kind === 'replica').flatMap(({ id }) => waysTo(model, id));

function waysTo(model: AccessModel, host: string): Way[] {
  const flows = flowsTo(model, host);
  const all = flows.flatMap(({ addresses }) => addresses);
  const targets = all.filter((prefix, index) => all.findIndex((other) => samePrefix(other, prefix)) === index);
  return targets.map((to) => {
    const here = flows.filter(({ addresses }) => addresses.some((address) => samePrefix(address, to)));
    const needs = setOf(here.flatMap(({ from }) => from).filter(({ family }) => family === to.family));
    return { host, to, needs, layers: layers(model, host, needs, to) };
  });
}

function layers(model: AccessModel, host: string, needs: AddressSet, to: Prefix): Layer[] {
  const { plan, grants, replicaGrants, listen } = model;
  const { firewall, cloud } = plan;
  const ofFamily = (set: AddressSet): AddressSet => set.filter(({ family }) => family === to.family);
  const chosenOr = (sources: readonly string[] | null): AddressSet =>
    sources === null ? needs : ofFamily(setOf(prefixes(sources)));
  const hba = (records: readonly Grant[]): Layer => ({
    kind: 'hba',
    path: 'clients',
    chosen: false,
    admits: ofFamily(admitted(records)),
  });
  const filter = (sources: readonly string[] | null): Layer[] =>
    cloud.provider === 'none'
      ? []
      : [{ kind: 'cloud', path: 'cloud.sources', chosen: sources !== null, admits: chosenOr(sources) }];
  // The choices of the plan are about the database server; filters before a replica follow the clients.
  if (host !== 'server') {
    const own: Layer = { kind: 'firewall', path: 'firewall.kind', chosen: false, admits: needs };
    return [...filter(null), ...(firewallOn(plan, 'replica') === 'none' ? [] : [own]), hba(replicaGrants)];
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
    hba(grants),
  ];
}

function sameAddress(text: string, to: Prefix): boolean {
  const address = parseAddress(text);
  return address !== undefined && samePrefix(address, to);
}

/** From where some record of pg_hba.conf lets somebody in, the server itself left aside. */
function admitted(grants: readonly Grant[]): AddressSet {
  return union(
    ...grants
      .filter(({ method, section }) => method !== 'reject' && section !== 'loopback' && section !== 'local')
      .map(({ address }) => (address === 'all' ? everything : address === null ? nothing : setOf([address]))),
  );
}

/**
 * Where a layer stops a client of the plan, and where one lets through whom no client is. pg_hba.conf does not know at
 * which address of the server somebody arrives, so it is compared with all ways in together. No filter at all is the
 * user's choice and no disagreement.
 */
function disagreements(model: AccessModel): Disagreement[] {
  const ways = waysIn(model);
  return ways.flatMap(({ host, to, needs, layers: all }) => {
    const everyNeed = union(...ways.filter((way) => way.host === host).map((way) => way.needs));
    return all.flatMap((layer): Disagreement[] => {
      const stopped = witness(difference(needs, layer.admits));
      const open = witness(difference(layer.admits, layer.kind === 'hba' ? everyNeed : needs));
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

/** Whose flow brings packets from this address. */
const clientAt = (model: AccessModel, host: string, source: Prefix, to: Prefix): number | undefined =>
  flowsTo(model, host).find(
    ({ from, addresses }) =>
      addresses.some((address) => samePrefix(address, to)) && isEmpty(difference(setOf([source]), setOf(from))),
  )?.client;
