import { type Prefix, samePrefix } from '../net/prefix.ts';
import { type AddressSet, difference, everything, isEmpty, nothing, setOf, union, witness } from '../net/set.ts';
import { prefixes } from '../plan/ways.ts';
import type { AccessModel, Flow, Grant } from './model.ts';

/** What stands before PostgreSQL on the database server, from outside to inside. */
export type LayerKind = 'cloud' | 'firewall' | 'hba';

/** One layer, and whom it lets through to PostgreSQL at one address of the server. */
export interface Layer {
  readonly kind: LayerKind;
  /** The answer that decides about it. */
  readonly path: string;
  /** The user chose other networks than those of the clients, or no filter. */
  readonly chosen: boolean;
  readonly admits: AddressSet;
}

/** The layers before one address of the database server, and who has to pass them. */
export interface Way {
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

const flowsToServer = ({ flows }: AccessModel): Flow[] =>
  flows.filter(({ to, service }) => to === 'server' && service === 'postgresql');

/** Every address at which clients reach PostgreSQL on the server, with the layers before it. */
export function waysIn(model: AccessModel): Way[] {
  const flows = flowsToServer(model);
  const all = flows.flatMap(({ addresses }) => addresses);
  const targets = all.filter((prefix, index) => all.findIndex((other) => samePrefix(other, prefix)) === index);
  return targets.map((to) => {
    const here = flows.filter(({ addresses }) => addresses.some((address) => samePrefix(address, to)));
    const needs = setOf(here.flatMap(({ from }) => from).filter(({ family }) => family === to.family));
    return { to, needs, layers: layers(model, needs, to) };
  });
}

function layers({ plan, grants }: AccessModel, needs: AddressSet, to: Prefix): Layer[] {
  const { firewall, cloud } = plan;
  const ofFamily = (set: AddressSet): AddressSet => set.filter(({ family }) => family === to.family);
  const chosenOr = (sources: readonly string[] | null): AddressSet =>
    sources === null ? needs : ofFamily(setOf(prefixes(sources)));
  return [
    ...(cloud.provider === 'none'
      ? []
      : [
          {
            kind: 'cloud',
            path: 'cloud.sources',
            chosen: cloud.sources !== null,
            admits: chosenOr(cloud.sources),
          } as const,
        ]),
    {
      kind: 'firewall',
      path: firewall.kind === 'none' ? 'firewall.kind' : 'firewall.sources',
      chosen: firewall.kind === 'none' || firewall.sources !== null,
      admits: firewall.kind === 'none' ? ofFamily(everything) : chosenOr(firewall.sources),
    },
    { kind: 'hba', path: 'clients', chosen: false, admits: ofFamily(admitted(grants)) },
  ];
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
export function disagreements(model: AccessModel): Disagreement[] {
  const ways = waysIn(model);
  const everyNeed = union(...ways.map(({ needs }) => needs));
  return ways.flatMap(({ to, needs, layers: all }) =>
    all.flatMap((layer): Disagreement[] => {
      const stopped = witness(difference(needs, layer.admits));
      const open = witness(difference(layer.admits, layer.kind === 'hba' ? everyNeed : needs));
      const client = stopped && clientAt(model, stopped, to);
      const filters = layer.kind !== 'firewall' || model.plan.firewall.kind !== 'none';
      return [
        ...(stopped
          ? [{ layer, to, kind: 'blocks', witness: stopped, ...(client === undefined ? {} : { client }) } as const]
          : []),
        ...(open && filters ? [{ layer, to, kind: 'wider', witness: open } as const] : []),
      ];
    }),
  );
}

/** Whose flow brings packets from this address. */
const clientAt = (model: AccessModel, source: Prefix, to: Prefix): number | undefined =>
  flowsToServer(model).find(
    ({ from, addresses }) =>
      addresses.some((address) => samePrefix(address, to)) && isEmpty(difference(setOf([source]), setOf(from))),
  )?.client;
