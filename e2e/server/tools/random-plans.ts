import fc from 'fast-check';
import {
  addressText,
  deriveAccess,
  type Flow,
  type HostKind,
  type Plan,
  type Prefix,
  parsePlan,
} from '../../../app/core/index.ts';
import { planArbitrary } from '../../../app/core/testing/plan-arbitrary.ts';
import type { Probe } from '../harness/open-wire.ts';

/** Printed, so that a failure can be reproduced. */
export const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 0x7fffffff));

/** As many rounds as find no plan where a change makes every plan invalid. */
const ROUNDS = 50;

/** Random valid plans that meet a condition and stay valid with the change. */
export function randomPlans(count: number, change: (plan: Plan, index: number) => Plan | undefined): Plan[] {
  const plans: Plan[] = [];
  for (let round = 0; plans.length < count; round += 1) {
    if (round === ROUNDS) throw new Error(`Only ${plans.length} of ${count} plans are valid with the change.`);
    for (const plan of fc.sample(planArbitrary, { seed: seed + round, numRuns: count })) {
      const changed = change(plan, plans.length);
      if (changed && plans.length < count && parsePlan(changed).ok) plans.push(changed);
    }
  }
  return plans;
}

/** Flows to a machine other than by SSH, as the model has them. None of a plan that a change made invalid. */
export const flowsTo = (plan: Plan, host: string): Flow[] =>
  parsePlan(plan).ok ? deriveAccess(plan).flows.filter(({ to, service }) => to === host && service !== 'ssh') : [];

/** Flows of PostgreSQL to the server itself. */
export const serverFlows = (plan: Plan): Flow[] =>
  flowsTo(plan, 'server').filter(({ service }) => service === 'postgresql');

/** A machine to which clients connect over TCP, and the folder of its packet filter's files in the bundle. */
export interface GuardedHost {
  readonly id: string;
  readonly kind: HostKind;
  readonly folder: string;
  readonly addresses: readonly string[];
}

export function guardedHosts(plan: Plan): GuardedHost[] {
  const { hosts, replicas } = deriveAccess(plan);
  return hosts
    .filter(({ id }) => flowsTo(plan, id).some(({ protocol }) => protocol === 'tcp'))
    .map(({ id, kind, addresses }) => {
      const replica = replicas.find(({ index }) => id === `replica-${index}`);
      const machine = replica ? `replicas/${replica.slug}` : kind === 'server' ? 'database-server' : kind;
      return { id, kind, addresses, folder: `${machine}/firewall` };
    });
}

/** Those of them that run PostgreSQL. */
export const postgresHosts = (plan: Plan) =>
  guardedHosts(plan).filter(({ kind }) => kind === 'server' || kind === 'replica');

const width = ({ family }: Prefix) => (family === 4 ? 32 : 128);
const host = (family: 4 | 6, bits: bigint): Prefix => ({ family, bits, length: family === 4 ? 32 : 128 });
const size = (prefix: Prefix) => 1n << BigInt(width(prefix) - prefix.length);

/** Whether an address is in a network: computed here and not by the core, so that an error there is detected. */
export const holds = (prefix: Prefix, address: Prefix): boolean =>
  prefix.family === address.family && address.bits >= prefix.bits && address.bits < prefix.bits + size(prefix);

/** A host that a packet can come from: no multicast, loopback, link-local or reserved address, and not the wire's own. */
function canSend({ family, bits }: Prefix): boolean {
  if (family === 6) return bits >> 125n === 1n || bits >> 121n === 0x7en;
  const first = Number(bits >> 24n);
  return first > 0 && first < 224 && first !== 127 && bits >> 16n !== 0xa9fen;
}

/** Addresses at the edges of a network, inside and just outside, and some in the middle. */
function around(prefix: Prefix, random: () => number): Prefix[] {
  const last = prefix.bits + size(prefix) - 1n;
  const limit = 1n << BigInt(width(prefix));
  const middle = prefix.bits + (size(prefix) * BigInt(Math.floor(random() * 1000))) / 1000n;
  return [prefix.bits, last, middle, prefix.bits - 1n, last + 1n]
    .filter((bits) => bits >= 0n && bits < limit)
    .map((bits) => host(prefix.family, bits))
    .filter(canSend);
}

/** A probe and the expectation of the model. */
export interface Expected {
  readonly probe: Probe;
  readonly open: boolean;
}

/** Small, deterministic and good enough to pick addresses with. */
export function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x100000000;
  };
}

/**
 * Connections around every network of the plan, from everywhere else and to every address of a machine, with what the
 * model's flows say about each. Addresses in `never` send nothing.
 */
export function expectations(
  plan: Plan,
  random: () => number,
  {
    limit = 24,
    never = new Set<string>(),
    host: at = 'server',
  }: { readonly limit?: number; readonly never?: ReadonlySet<string>; readonly host?: string } = {},
): Expected[] {
  const flows = flowsTo(plan, at).filter(({ protocol }) => protocol === 'tcp');
  const [first] = flows;
  const targets = unique(flows.flatMap(({ addresses }) => addresses));
  const elsewhere = [host(4, 0x08080808n), host(6, 0x20014860486000000000000000008888n)];
  const sources = unique([
    ...flows.flatMap(({ from }) => from.flatMap((prefix) => around(prefix, random))),
    ...elsewhere,
  ]);
  const all = sources.flatMap((source) =>
    targets
      .filter((target) => target.family === source.family && target.bits !== source.bits)
      .map(
        (target): Expected => ({
          probe: {
            family: source.family,
            source: addressText(source),
            target: addressText(target),
            port: first?.port ?? plan.server.port,
          },
          open: flows.some(
            (flow) =>
              flow.from.some((prefix) => holds(prefix, source)) &&
              flow.addresses.some((prefix) => holds(prefix, target)),
          ),
        }),
      ),
  );
  return shuffled(
    all.filter(({ probe }) => !never.has(probe.source)),
    random,
  ).slice(0, limit);
}

function unique(prefixes: readonly Prefix[]): Prefix[] {
  return [...new Map(prefixes.map((prefix) => [`${addressText(prefix)}/${prefix.length}`, prefix])).values()];
}

export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((entry) => ({ entry, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ entry }) => entry);
}
