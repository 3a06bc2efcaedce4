import { diffArrays } from 'diff';
import { prefixText } from '../../net/prefix.ts';
import { prefixesOf } from '../../net/set.ts';
import type { Hba, PlacedRecord } from '../../postgres/hba/hba.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import { hbaToken } from '../../quote/hba.ts';
import { type Connection, type Decision, decisionOf } from '../decide.ts';
import { type Axis, axisOf, KINDS, type Kind } from './axis.ts';
import { Cover, meet, type Span } from './cover.ts';
import { decider } from './decider.ts';
import { coversFor, gaps, hostCovers, Ledger, ownMayBeFree, ownWithin, type Region, regionOf } from './ledger.ts';
import { type Atom, Names } from './names.ts';
import { connectionAt, sameAction } from './reachability.ts';

/** Connections whose outcome an edit changes. */
export interface AccessChange {
  /** Refused before and not after; refused after and not before; asked for something else. */
  readonly kind: 'opened' | 'closed' | 'method';
  /** How they come. */
  readonly connections: readonly Kind[];
  /** Networks that they come from; null for the socket alone. */
  readonly addresses: readonly string[] | null;
  /** The host name or suffix that their address has, where a record asks for one. */
  readonly hostname?: string;
  /** As the fields of pg_hba.conf say them. Some of these connections may be as before; the witness is not. */
  readonly databases: readonly string[];
  readonly users: readonly string[];
  /** One of them, and what becomes of it. */
  readonly witness: Connection;
  readonly before: Decision;
  readonly after: Decision;
}

/** What an edit may have changed, and nothing was found that shows it: it depends on what no file tells. */
export interface PossibleChange extends Omit<AccessChange, 'kind' | 'witness' | 'before' | 'after'> {
  readonly kind: 'unknown';
}

/**
 * What differs between two files, as few regions as tell it apart, those of each changed record in the order of the files.
 * Empty means proven: every connection has the same outcome, refused or asked for the same.
 */
export function compareAccess(before: Hba, after: Hba): (AccessChange | PossibleChange)[] {
  const names = new Names([before, after]);
  const axis = axisOf([...before.records, ...after.records].map(({ record }) => record));
  const side = (hba: Hba): Side => ({
    hba,
    regions: hba.records.map(({ record }) => regionOf(record, hba.major, axis, names)),
    kept: new Set(),
  });
  const ground = { names, axis };
  const sides = { before: side(before), after: side(after) };
  keepCommon(sides.before, sides.after);
  const found = new Changes(axis, before, after);
  // A connection whose first matches are both unchanged has the same one, so only pairs with a changed record count.
  sweep(
    sides.after,
    sides.before,
    ground,
    () => true,
    (part) => found.add(part),
  );
  sweep(
    sides.before,
    sides.after,
    ground,
    (index) => sides.after.kept.has(index),
    (part) => found.add(part),
  );
  return found.all();
}

/** A file with its records taken apart. `kept` are the records that the other file has too, in the same order. */
interface Side {
  readonly hba: Hba;
  readonly regions: readonly Region[];
  readonly kept: Set<number>;
}

/** Marks a longest run of records that both have in the same order. */
function keepCommon(before: Side, after: Side): void {
  const words = ({ hba }: Side) => hba.records.map(({ record }) => wordOf(record, hba.major));
  let [old, now] = [0, 0];
  for (const { added, removed, count } of diffArrays(words(before), words(after), { maxEditLength: 4000 }) ?? [
    { added: false, removed: true, count: before.regions.length },
    { added: true, removed: false, count: after.regions.length },
  ]) {
    for (let index = 0; index < count; index++) {
      if (!added && !removed) {
        before.kept.add(old + index);
        after.kept.add(now + index);
      }
    }
    if (!added) old += count;
    if (!removed) now += count;
  }
}

/** Equal for records that match and do the same. */
function wordOf({ type, databases, users, address, method, options }: HbaRecord, major: number): string {
  const from =
    address?.kind === 'network'
      ? `${address.address.family} ${address.address.bits} ${address.mask.bits}`
      : address?.kind === 'name'
        ? `=${address.name}`
        : address?.kind;
  const expressions = major >= 16 && [...databases, ...users].some(({ text }) => text.startsWith('/'));
  return JSON.stringify([type, databases, users, from, method, options, expressions]);
}

/** What two records both match and no earlier one of either file takes. */
interface Part {
  readonly databases: string;
  readonly users: string;
  readonly spans: readonly Span[];
  readonly hostname?: string;
  readonly witness?: Connection;
}

interface Ground {
  readonly names: Names;
  readonly axis: Axis;
}

/** For each changed record of one file: who decided in the other file about what this record decides. */
function sweep(
  changed: Side,
  other: Side,
  ground: Ground,
  counts: (otherIndex: number) => boolean,
  tell: (part: Part) => void,
): void {
  const above = new Ledger();
  for (const [index, region] of changed.regions.entries()) {
    if (!changed.kept.has(index)) {
      const aside = new Ledger();
      for (const [otherIndex, there] of other.regions.entries()) {
        const shared = both(region, there);
        if (!shared) continue;
        if (counts(otherIndex) && !sameOutcome(region.record, there.record))
          for (const part of parts(shared, ground, [above, aside])) tell(part);
        aside.add(there, otherIndex);
      }
      if (!sameOutcome(region.record, undefined))
        for (const part of parts(alone(region), ground, [above, aside])) tell(part);
    }
    above.add(region, index);
  }
}

const refused = (record: HbaRecord | undefined): boolean => record === undefined || record.method === 'reject';

export const sameOutcome = (a: HbaRecord | undefined, b: HbaRecord | undefined): boolean =>
  refused(a) || refused(b) ? refused(a) === refused(b) : sameAction(a, b);

/** What one record matches, or two records both. */
interface Shared {
  readonly databases: readonly (readonly Atom[])[];
  readonly users: readonly (readonly Atom[])[];
  readonly spans: readonly Span[];
  readonly hostname?: string;
  readonly own?: NonNullable<Region['own']>;
}

function alone({ databases, users, spans, host, own }: Region): Shared {
  return {
    databases: databases.map((atom) => [atom]),
    users: users.map((atom) => [atom]),
    spans,
    ...(host === undefined ? {} : { hostname: host }),
    ...(own ? { own } : {}),
  };
}

export function both(a: Region, b: Region): Shared | undefined {
  const spans = meet(a.spans, b.spans);
  const kinds = a.own || b.own ? meet(a.own?.kinds ?? a.spans, b.own?.kinds ?? b.spans) : [];
  if (spans.length === 0 && kinds.length === 0) return undefined;
  const hosts = [a.host, b.host].filter((host) => host !== undefined);
  const hostname = hosts.find((host) => hosts.every((other) => hostCovers(other, host)));
  if (hosts.length > 0 && hostname === undefined) return undefined;
  const databases = pairs(a.databases, b.databases);
  const users = databases.length === 0 ? [] : pairs(a.users, b.users);
  if (users.length === 0) return undefined;
  const words = [a.own?.keyword, b.own?.keyword].filter((word) => word !== undefined);
  const keyword = words.find((word) => words.every((other) => ownWithin(other, word)));
  return {
    databases,
    users,
    spans,
    ...(hostname === undefined ? {} : { hostname }),
    ...(keyword === undefined ? {} : { own: { keyword, kinds } }),
  };
}

/** Pairs of tokens that one name can match. */
function pairs(a: readonly Atom[], b: readonly Atom[]): (readonly Atom[])[] {
  return a.flatMap((one) =>
    b.flatMap((other): (readonly Atom[])[] => {
      if (one.key === other.key) return [[one]];
      if (one.kind === 'name' && other.kind === 'name') return [];
      return (one.kind === 'replication') === (other.kind === 'replication') ? [[one, other]] : [];
    }),
  );
}

/** What no record of the ledgers takes of something shared. */
function parts(shared: Shared, { names, axis }: Ground, ledgers: readonly Ledger[]): Part[] {
  const { hostname, own, spans } = shared;
  const name = hostname?.startsWith('.') ? `host${hostname}` : hostname;
  const found: Part[] = [];
  for (const databases of shared.databases) {
    for (const users of shared.users) {
      const { points, complete } = names.trial(databases, users);
      const part = {
        databases: narrowest(databases),
        users: narrowest(users),
        ...(hostname === undefined ? {} : { hostname }),
      };
      const shown = new Cover();
      let open = false;
      let doubtful = false;
      for (const point of points) {
        const buckets = ledgers.flatMap((ledger) => ledger.buckets(names.matching(point)));
        const free = gaps(coversFor(buckets, name), spans);
        const [first] = free;
        if (first) found.push({ ...part, spans: free, witness: connectionAt(first, point, name, axis) });
        for (const span of free) shown.add(span);
        open ||= first !== undefined;
        doubtful ||= own !== undefined && ownMayBeFree(buckets, own);
      }
      // Names that were not tried may fare otherwise where no record surely takes all that the tokens match.
      let left: readonly Span[] = [];
      if (!complete) {
        const floor = names.floor(databases, users);
        const surely = ledgers.flatMap((ledger) => ledger.buckets(floor));
        left = gaps([...coversFor(surely, hostname), shown], spans);
        doubtful ||= own !== undefined && ownMayBeFree(surely, own);
      }
      if (own && doubtful && !open) found.push({ ...part, spans: own.kinds });
      else if (left.length > 0) found.push({ ...part, spans: left });
    }
  }
  return found;
}

const NARROWNESS = ['name', 'regex', 'group', 'sameuser', 'samerole', 'replication', 'all'] as const;

/** The token of some that says most, as pg_hba.conf writes it. */
function narrowest(atoms: readonly Atom[]): string {
  const [atom] = atoms.toSorted((a, b) => NARROWNESS.indexOf(a.kind) - NARROWNESS.indexOf(b.kind));
  return atom === undefined ? '' : written(atom);
}

/** A token as the fields of pg_hba.conf write it. */
export function written({ kind, text }: Atom): string {
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

/** Gathers what was found and says it in few regions. */
class Changes {
  readonly #axis: Axis;
  readonly #before: Hba;
  readonly #after: Hba;
  readonly #recordBefore: (connection: Connection) => PlacedRecord | undefined;
  readonly #recordAfter: (connection: Connection) => PlacedRecord | undefined;
  readonly #found: (Found & Place)[] = [];

  constructor(axis: Axis, before: Hba, after: Hba) {
    this.#axis = axis;
    this.#before = before;
    this.#after = after;
    this.#recordBefore = decider(before);
    this.#recordAfter = decider(after);
  }

  add({ databases, users, spans, hostname, witness }: Part): void {
    const found = this.#outcome(witness);
    for (const { connections, addresses } of this.#sources(spans))
      this.#found.push({
        ...found,
        connections,
        addresses,
        ...(hostname === undefined ? {} : { hostname }),
        databases: [databases],
        users: [users],
      });
  }

  /** What the witness shows; where there is no difference, an expression that cannot be judged plays a part. */
  #outcome(witness: Connection | undefined): Found {
    if (!witness) return { kind: 'unknown' };
    const [before, after] = [this.#recordBefore(witness)?.record, this.#recordAfter(witness)?.record];
    if (sameOutcome(before, after)) return { kind: 'unknown' };
    const kind = refused(before) ? 'opened' : refused(after) ? 'closed' : 'method';
    return { kind, witness, actions: `${actionOf(before)} ${actionOf(after)}` };
  }

  /** The kinds of connection with the networks that they have in common. */
  #sources(spans: readonly Span[]): Pick<AccessChange, 'connections' | 'addresses'>[] {
    const found = new Map<string, { connections: Kind[]; addresses: string[] | null }>();
    for (const kind of KINDS) {
      const here = meet(spans, [this.#axis.ofKind(kind)]);
      if (here.length === 0) continue;
      const addresses =
        kind === 'local' ? null : prefixesOf(here.flatMap((span) => this.#axis.ranges(span))).map(prefixText);
      const key = JSON.stringify(addresses);
      const known = found.get(key);
      if (known) known.connections.push(kind);
      else found.set(key, { connections: [kind], addresses });
    }
    return [...found.values()];
  }

  all(): (AccessChange | PossibleChange)[] {
    const byAddress = joined(this.#found, 'addresses');
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

type Found =
  | (Pick<AccessChange, 'kind' | 'witness'> & {
      /** What is done before and after, equal where it is the same. */
      readonly actions: string;
    })
  | { readonly kind: 'unknown'; readonly actions?: undefined };
type Place = Omit<AccessChange, 'kind' | 'witness' | 'before' | 'after'>;

const actionOf = (record: HbaRecord | undefined): string =>
  record === undefined || refused(record) ? '' : JSON.stringify([record.method, record.options]);

/** Changes that differ in one field alone, as one change. */
function joined(changes: readonly (Found & Place)[], field: 'addresses' | 'users' | 'databases'): (Found & Place)[] {
  const found = new Map<string, Found & Place>();
  for (const change of changes) {
    const { kind, actions, connections, hostname, addresses, users, databases } = change;
    const rest = { connections, hostname, addresses, users, databases, [field]: null };
    const key = JSON.stringify([kind, actions, rest]);
    const known = found.get(key);
    const values = [...new Set([...(known?.[field] ?? []), ...(change[field] ?? [])])];
    found.set(key, known || change[field] !== null ? { ...(known ?? change), [field]: values } : change);
  }
  return [...found.values()];
}
