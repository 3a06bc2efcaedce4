import { diffArrays } from 'diff';
import { prefixText } from '../net/prefix.ts';
import { prefixesOf } from '../net/set.ts';
import { isExpression } from '../postgres/hba/expression.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import { hbaToken } from '../quote/hba.ts';
import { type Axis, axisOf, KINDS, type Kind } from './axis.ts';
import {
  CoverageIndex,
  coversFor,
  gaps,
  hostCovers,
  offAxisCovers,
  offAxisMayBeUncovered,
  type Region,
  regionOf,
} from './coverage-index.ts';
import { type Connection, type Decision, decisionOf } from './decide.ts';
import { decider } from './decider.ts';
import { type Interval, IntervalSet, intersect } from './interval-set.ts';
import { Names, type NameToken } from './names.ts';
import { connectionAt, gapOfExample, sameAction } from './reachability.ts';

/** A set of connections whose outcome an edit changes. */
export interface AccessChange {
  /** `opened`: rejected only before the edit. `closed`: rejected only after it. `method`: another method or other options. */
  readonly kind: 'opened' | 'closed' | 'method';
  /** Kinds of connection. */
  readonly connections: readonly Kind[];
  /** Source networks; null for the Unix socket. */
  readonly addresses: readonly string[] | null;
  /** Only clients with this host name or suffix, if a record has one. */
  readonly hostname?: string;
  /** In the syntax of pg_hba.conf. The outcome of some of these connections may be unchanged; that of the witness is not. */
  readonly databases: readonly string[];
  readonly users: readonly string[];
  /** One of the connections, with its decision in each file. */
  readonly witness: Connection;
  readonly before: Decision;
  readonly after: Decision;
}

/** A change that is possible but has no witness, because it depends on facts that aren't in the files. */
export interface PossibleChange extends Omit<AccessChange, 'kind' | 'witness' | 'before' | 'after'> {
  readonly kind: 'unknown';
}

/**
 * The connections whose outcome differs between two files, joined into few regions. An empty result is a proof: every
 * connection is rejected by both files, or has the same method and options in both.
 */
export function compareAccess(before: Hba, after: Hba): (AccessChange | PossibleChange)[] {
  const names = new Names([before, after]);
  const axis = axisOf([...before.records, ...after.records].map(({ record }) => record));
  const side = (hba: Hba): Side => ({
    hba,
    regions: hba.records.map(({ record }) => regionOf(record, hba.major, axis, names)),
    unchanged: new Set(),
  });
  const context = { names, axis };
  const sides = { before: side(before), after: side(after) };
  markUnchanged(sides.before, sides.after);
  const changes = new Changes(axis, before, after);
  // If both first matches of a connection are unchanged records, they are the same record. So only pairs with a changed
  // record are compared.
  sweep(
    sides.after,
    sides.before,
    context,
    () => true,
    (part) => changes.add(part),
  );
  sweep(
    sides.before,
    sides.after,
    context,
    (index) => sides.after.unchanged.has(index),
    (part) => changes.add(part),
  );
  return changes.all();
}

/** A file and the regions of its records. `unchanged` has the indexes of records that the other file has too, in the same order. */
interface Side {
  readonly hba: Hba;
  readonly regions: readonly Region[];
  readonly unchanged: Set<number>;
}

/** Marks a longest common subsequence of the records of both files. */
function markUnchanged(before: Side, after: Side): void {
  const keys = ({ hba }: Side) => hba.records.map(({ record }) => recordKey(record, hba.major));
  let [beforeIndex, afterIndex] = [0, 0];
  for (const { added, removed, count } of diffArrays(keys(before), keys(after), { maxEditLength: 4000 }) ?? [
    { added: false, removed: true, count: before.regions.length },
    { added: true, removed: false, count: after.regions.length },
  ]) {
    for (let index = 0; index < count; index++) {
      if (!added && !removed) {
        before.unchanged.add(beforeIndex + index);
        after.unchanged.add(afterIndex + index);
      }
    }
    if (!added) beforeIndex += count;
    if (!removed) afterIndex += count;
  }
}

/** Equal for records with the same fields and the same meaning. */
function recordKey({ type, databases, users, address, method, options }: HbaRecord, major: number): string {
  const from =
    address?.kind === 'network'
      ? `${address.address.family} ${address.address.bits} ${address.mask.bits}`
      : address?.kind === 'name'
        ? `=${address.name}`
        : address?.kind;
  const expressions = [...databases, ...users].some(({ text }) => isExpression(text, major));
  return JSON.stringify([type, databases, users, from, method, options, expressions]);
}

/** Connections that two records match and no earlier record of either file does. No witness: it can't be determined. */
interface Part {
  readonly databases: string;
  readonly users: string;
  readonly intervals: readonly Interval[];
  readonly hostname?: string;
  readonly witness?: Connection;
}

interface Context {
  readonly names: Names;
  readonly axis: Axis;
}

/** For each changed record of one file: the records of the other file that decide the same connections. */
function sweep(
  changed: Side,
  other: Side,
  context: Context,
  isCompared: (otherIndex: number) => boolean,
  report: (part: Part) => void,
): void {
  const earlier = new CoverageIndex();
  for (const [index, region] of changed.regions.entries()) {
    if (!changed.unchanged.has(index)) {
      const earlierInOther = new CoverageIndex();
      for (const [otherIndex, otherRegion] of other.regions.entries()) {
        const shared = intersectRegions(region, otherRegion);
        if (!shared) continue;
        if (isCompared(otherIndex) && !sameOutcome(region.record, otherRegion.record))
          for (const part of uncoveredParts(shared, context, [earlier, earlierInOther])) report(part);
        earlierInOther.add(otherRegion, otherIndex);
      }
      // Connections that no record of the other file matches.
      if (!sameOutcome(region.record, undefined))
        for (const part of uncoveredParts(asShared(region), context, [earlier, earlierInOther])) report(part);
    }
    earlier.add(region, index);
  }
}

const isRejected = (record: HbaRecord | undefined): boolean => record === undefined || record.method === 'reject';

/** Both reject the connection (no record does so too), or both have the same method and options. */
export const sameOutcome = (a: HbaRecord | undefined, b: HbaRecord | undefined): boolean =>
  isRejected(a) || isRejected(b) ? isRejected(a) === isRejected(b) : sameAction(a, b);

/** What one record matches, or what two records both match. */
interface Shared {
  readonly databases: readonly (readonly NameToken[])[];
  readonly users: readonly (readonly NameToken[])[];
  readonly intervals: readonly Interval[];
  readonly hostname?: string;
  readonly offAxis?: NonNullable<Region['offAxis']>;
}

function asShared({ databases, users, intervals, host, offAxis }: Region): Shared {
  return {
    databases: databases.map((nameToken) => [nameToken]),
    users: users.map((nameToken) => [nameToken]),
    intervals,
    ...(host === undefined ? {} : { hostname: host }),
    ...(offAxis ? { offAxis } : {}),
  };
}

/** What two records both match; undefined if no connection can match both. */
export function intersectRegions(a: Region, b: Region): Shared | undefined {
  const intervals = intersect(a.intervals, b.intervals);
  const kinds =
    a.offAxis || b.offAxis ? intersect(a.offAxis?.kinds ?? a.intervals, b.offAxis?.kinds ?? b.intervals) : [];
  if (intervals.length === 0 && kinds.length === 0) return undefined;
  const hosts = [a.host, b.host].filter((host) => host !== undefined);
  const hostname = hosts.find((host) => hosts.every((other) => hostCovers(other, host)));
  if (hosts.length > 0 && hostname === undefined) return undefined;
  const databases = tokenPairs(a.databases, b.databases);
  const users = databases.length === 0 ? [] : tokenPairs(a.users, b.users);
  if (users.length === 0) return undefined;
  const keywords = [a.offAxis?.keyword, b.offAxis?.keyword].filter((keyword) => keyword !== undefined);
  const keyword = keywords.find((one) => keywords.every((other) => offAxisCovers(other, one)));
  return {
    databases,
    users,
    intervals,
    ...(hostname === undefined ? {} : { hostname }),
    ...(keyword === undefined ? {} : { offAxis: { keyword, kinds } }),
  };
}

/** The pairs of tokens that one name can match. Equal tokens form a list of one. */
function tokenPairs(a: readonly NameToken[], b: readonly NameToken[]): (readonly NameToken[])[] {
  return a.flatMap((one) =>
    b.flatMap((other): (readonly NameToken[])[] => {
      if (one.key === other.key) return [[one]];
      if (one.kind === 'name' && other.kind === 'name') return [];
      return (one.kind === 'replication') === (other.kind === 'replication') ? [[one, other]] : [];
    }),
  );
}

/** The parts of a shared region that no record of the coverage indexes covers. */
function uncoveredParts(shared: Shared, { names, axis }: Context, coverages: readonly CoverageIndex[]): Part[] {
  const { hostname, offAxis, intervals } = shared;
  const exampleHost = names.exampleHost(hostname);
  const result: Part[] = [];
  for (const databases of shared.databases) {
    for (const users of shared.users) {
      const { points, complete } = names.representatives(databases, users);
      const part = {
        databases: narrowest(databases),
        users: narrowest(users),
        ...(hostname === undefined ? {} : { hostname }),
      };
      const witnessed = new IntervalSet();
      let hasWitness = false;
      let uncertain = false;
      for (const point of points) {
        const buckets = coverages.flatMap((coverage) => coverage.buckets(names.matching(point)));
        const uncovered = gaps(coversFor(buckets, exampleHost), intervals);
        const first = gapOfExample(uncovered, axis);
        if (first)
          result.push({ ...part, intervals: uncovered, witness: connectionAt(first, point, exampleHost, axis) });
        for (const interval of uncovered) witnessed.add(interval);
        hasWitness ||= first !== undefined;
        uncertain ||= offAxis !== undefined && offAxisMayBeUncovered(buckets, offAxis);
      }
      // Names other than the representatives can differ where no record is guaranteed to match all names of the tokens.
      let undetermined: readonly Interval[] = [];
      if (!complete) {
        const guaranteedMatches = names.guaranteedMatches(databases, users);
        const guaranteed = coverages.flatMap((coverage) => coverage.buckets(guaranteedMatches));
        undetermined = gaps([...coversFor(guaranteed, hostname), witnessed], intervals);
        uncertain ||= offAxis !== undefined && offAxisMayBeUncovered(guaranteed, offAxis);
      }
      if (offAxis && uncertain && !hasWitness) result.push({ ...part, intervals: offAxis.kinds });
      else if (undetermined.length > 0) result.push({ ...part, intervals: undetermined });
    }
  }
  return result;
}

const NARROWNESS = ['name', 'regex', 'group', 'sameuser', 'samerole', 'replication', 'all'] as const;

/** The most specific of these tokens, in the syntax of pg_hba.conf. */
function narrowest(nameTokens: readonly NameToken[]): string {
  const [nameToken] = nameTokens.toSorted((a, b) => NARROWNESS.indexOf(a.kind) - NARROWNESS.indexOf(b.kind));
  return nameToken === undefined ? '' : tokenText(nameToken);
}

/** A token in the syntax of pg_hba.conf. */
export function tokenText({ kind, text }: NameToken): string {
  switch (kind) {
    case 'group':
      return `+${text}`;
    case 'regex':
      return `/${text}`;
    case 'name':
      return hbaToken(text);
    default:
      return text;
  }
}

/** Collects the parts and joins them into few changes. */
class Changes {
  readonly #axis: Axis;
  readonly #before: Hba;
  readonly #after: Hba;
  readonly #recordBefore: (connection: Connection) => PlacedRecord | undefined;
  readonly #recordAfter: (connection: Connection) => PlacedRecord | undefined;
  readonly #changes: (PartOutcome & Scope)[] = [];

  constructor(axis: Axis, before: Hba, after: Hba) {
    this.#axis = axis;
    this.#before = before;
    this.#after = after;
    this.#recordBefore = decider(before);
    this.#recordAfter = decider(after);
  }

  add({ databases, users, intervals, hostname, witness }: Part): void {
    const outcome = this.#outcome(witness);
    for (const { connections, addresses } of this.#sources(intervals))
      this.#changes.push({
        ...outcome,
        connections,
        addresses,
        ...(hostname === undefined ? {} : { hostname }),
        databases: [databases],
        users: [users],
      });
  }

  /** The change that the witness proves; `unknown` if it proves none, which happens if a regular expression can't be evaluated. */
  #outcome(witness: Connection | undefined): PartOutcome {
    if (!witness) return { kind: 'unknown' };
    const [before, after] = [this.#recordBefore(witness)?.record, this.#recordAfter(witness)?.record];
    if (sameOutcome(before, after)) return { kind: 'unknown' };
    const kind = isRejected(before) ? 'opened' : isRejected(after) ? 'closed' : 'method';
    return { kind, witness, actions: `${actionOf(before)} ${actionOf(after)}` };
  }

  /** The source networks, with the kinds of connection that share them. */
  #sources(intervals: readonly Interval[]): Pick<AccessChange, 'connections' | 'addresses'>[] {
    const sources = new Map<string, { connections: Kind[]; addresses: string[] | null }>();
    for (const kind of KINDS) {
      const ofKind = intersect(intervals, [this.#axis.ofKind(kind)]);
      if (ofKind.length === 0) continue;
      const addresses =
        kind === 'local' ? null : prefixesOf(ofKind.flatMap((interval) => this.#axis.ranges(interval))).map(prefixText);
      const key = JSON.stringify(addresses);
      const existing = sources.get(key);
      if (existing) existing.connections.push(kind);
      else sources.set(key, { connections: [kind], addresses });
    }
    return [...sources.values()];
  }

  all(): (AccessChange | PossibleChange)[] {
    const byAddress = joined(this.#changes, 'addresses');
    return joined(joined(byAddress, 'users'), 'databases').map((change) => {
      if (change.kind === 'unknown') return change;
      const { actions: _, witness, ...rest } = change;
      return {
        ...rest,
        witness,
        before: decisionOf(this.#recordBefore(witness), this.#before, witness),
        after: decisionOf(this.#recordAfter(witness), this.#after, witness),
      };
    });
  }
}

type PartOutcome =
  | (Pick<AccessChange, 'kind' | 'witness'> & {
      /** Method and options before and after, as a key for comparison. */
      readonly actions: string;
    })
  | { readonly kind: 'unknown'; readonly actions?: undefined };
type Scope = Omit<AccessChange, 'kind' | 'witness' | 'before' | 'after'>;

const actionOf = (record: HbaRecord | undefined): string =>
  record === undefined || isRejected(record) ? '' : JSON.stringify([record.method, record.options]);

/** Joins changes that differ only in this field. */
function joined(
  changes: readonly (PartOutcome & Scope)[],
  field: 'addresses' | 'users' | 'databases',
): (PartOutcome & Scope)[] {
  const result = new Map<string, PartOutcome & Scope>();
  for (const change of changes) {
    const { kind, actions, connections, hostname, addresses, users, databases } = change;
    const rest = { connections, hostname, addresses, users, databases, [field]: null };
    const key = JSON.stringify([kind, actions, rest]);
    const existing = result.get(key);
    const values = [...new Set([...(existing?.[field] ?? []), ...(change[field] ?? [])])];
    result.set(key, existing || change[field] !== null ? { ...(existing ?? change), [field]: values } : change);
  }
  return [...result.values()];
}
