import { type Message, say } from '../../messages/message.ts';
import { addressText } from '../../net/prefix.ts';
import type { Hba, PlacedRecord } from '../../postgres/hba/hba.ts';
import { type Connection, type Place, placeOf } from '../decide.ts';
import { type Axis, axisOf, join, KINDS } from './axis.ts';
import { meet, type Span } from './cover.ts';
import { smallestCover } from './cover-set.ts';
import { coversFor, firstGap, Ledger, ownMayBeFree, type Region, regionOf } from './ledger.ts';
import { type Atom, type Memberships, type NamePoint, Names, neverMatches } from './names.ts';

/**
 * Whether any connection can be decided by a record.
 *
 * - `live`: `witness` is a connection that this record and no earlier one catches.
 * - `dead`: the records in `by` together take all that it matches. They are as few as can be where that can be found out in
 *   reasonable time (24 records that come into question or fewer); in any case none of them can be spared. `differs` is the first
 *   of them that acts differently.
 * - `unmatchable`: nobody can match it, wherever it stood.
 * - `unknown`: it depends on what no file tells, such as the addresses of the server or what an expression matches.
 */
export type RecordReach = Place &
  (
    | { readonly status: 'live'; readonly witness: Connection }
    | { readonly status: 'dead'; readonly by: readonly Place[]; readonly differs?: Place }
    | { readonly status: 'unmatchable' | 'unknown'; readonly reason: Message }
  );

/** Some connection may be decided by the record. */
export const mayDecide = (reach: RecordReach | undefined): boolean =>
  reach?.status === 'live' || reach?.status === 'unknown';

export interface ReachabilityOptions {
  /** `ssl = on`; true unless said otherwise. */
  readonly ssl?: boolean;
  /** The server is built with GSSAPI; true unless said otherwise. */
  readonly gss?: boolean;
  /** Every role that each user is a member of, directly or not. Absent: anybody may be a member of anything. */
  readonly memberships?: Memberships;
}

/**
 * Which records of a file can decide about a connection at all, in the order of the file. Exact for names, networks and
 * kinds of connection, with the union of earlier records; never calls a record dead that somebody could reach.
 */
export function reachability(
  hba: Pick<Hba, 'major' | 'records'>,
  { ssl = true, gss = true, memberships }: ReachabilityOptions = {},
): RecordReach[] {
  const records = hba.records.map(({ record }) => record);
  const names = new Names([hba], memberships);
  const axis = axisOf(records);
  const ledger = new Ledger();
  const regions: Region[] = [];
  // Where an expression cannot be judged, one above or here may decide otherwise than `decide` says.
  let blind = false;
  const { opaque } = names;
  const comes = ssl && gss ? (region: Region) => region : within(possible(axis, ssl, gss));
  return hba.records.map((placed): RecordReach => {
    const place = placeOf(placed);
    const region = comes(regionOf(placed.record, hba.major, axis, names));
    blind ||= opaque && (region.databases.some(names.isOpaque) || region.users.some(names.isOpaque));
    const reason = unmatchable(region, ssl, gss);
    if (reason) {
      regions.push(region);
      return { ...place, status: 'unmatchable', reason };
    }
    const found = lookFor(region, { names, axis, ledger });
    const reach = judged(found, region, regions, { hba, names, ledger, place, blind });
    ledger.add(region, regions.length);
    regions.push(region);
    return reach;
  });
}

/** The cells of connections that the server can have. */
function possible(axis: Axis, ssl: boolean, gss: boolean): Span[] {
  const found: Span[] = [];
  for (const kind of KINDS) {
    if ((kind === 'tls' && !ssl) || (kind === 'gss' && !gss)) continue;
    join(found, axis.ofKind(kind));
  }
  return found;
}

/** A region without the connections that cannot be. */
const within =
  (spans: readonly Span[]) =>
  (region: Region): Region => ({
    ...region,
    spans: meet(region.spans, spans),
    ...(region.own ? { own: { ...region.own, kinds: meet(region.own.kinds, spans) } } : {}),
  });

function unmatchable({ record, databases, users, host }: Region, ssl: boolean, gss: boolean): Message | undefined {
  if (record.type === 'hostssl' && !ssl) return say('reach.noSsl');
  if (record.type === 'hostgssenc' && !gss) return say('reach.noGss');
  if (host === '') return say('reach.emptyHost');
  return noName('database', databases) ?? noName('user', users);
}

function noName(field: 'database' | 'user', atoms: readonly Atom[]): Message | undefined {
  if (atoms.some((atom) => neverMatches(atom) === undefined)) return undefined;
  const [first] = atoms;
  return say(first && neverMatches(first) === 'empty' ? 'reach.emptyName' : 'reach.longName', { field });
}

interface Ground {
  readonly names: Names;
  readonly axis: Axis;
  readonly ledger: Ledger;
}

/** What is left of a region: a connection, nothing, or what cannot be told. */
type Found =
  | { readonly kind: 'free'; readonly witness: Connection }
  | { readonly kind: 'taken' }
  | { readonly kind: 'unknown'; readonly reason: Message };

/** Looks for a connection that the region matches and no record of the ledger. */
function lookFor(region: Region, { names, axis, ledger }: Ground): Found {
  let unknown: Message | undefined;
  for (const database of region.databases) {
    for (const user of region.users) {
      const { points, complete } = names.trial([database], [user]);
      for (const point of points) {
        const buckets = ledger.buckets(names.matching(point));
        const hostname = region.host?.startsWith('.') ? `host${region.host}` : region.host;
        const gap = firstGap(coversFor(buckets, hostname), region.spans);
        if (gap) return { kind: 'free', witness: connectionAt(gap, point, hostname, axis) };
        if (region.own && ownMayBeFree(buckets, region.own))
          unknown ??= say(region.record.address?.kind === 'network' ? 'reach.mask' : 'reach.ownAddress');
      }
      if (complete) continue;
      const surely = ledger.buckets(names.floor([database], [user]));
      if (firstGap(coversFor(surely, region.host), region.spans)) unknown ??= say('reach.expression');
    }
  }
  return unknown ? { kind: 'unknown', reason: unknown } : { kind: 'taken' };
}

function judged(
  found: Found,
  region: Region,
  earlier: readonly Region[],
  {
    hba,
    names,
    ledger,
    place,
    blind,
  }: {
    readonly hba: Pick<Hba, 'records'>;
    readonly names: Names;
    readonly ledger: Ledger;
    readonly place: Place;
    readonly blind: boolean;
  },
): RecordReach {
  if (found.kind === 'unknown') return { ...place, status: 'unknown', reason: found.reason };
  if (found.kind === 'free') {
    if (blind) return { ...place, status: 'unknown', reason: say('reach.expression') };
    const { line, file } = place;
    // Nearly every record ends here; written out, it takes a fifth of the time.
    return file === undefined
      ? { line, status: 'live', witness: found.witness }
      : { line, file, status: 'live', witness: found.witness };
  }
  const by = smallestCover(region, earlier, ledger, names);
  const places = by.map((index) => placeOf(hba.records[index] as PlacedRecord));
  const differs = by.find((index) => !sameAction(earlier[index]?.record, region.record));
  return {
    ...place,
    status: 'dead',
    by: places,
    ...(differs === undefined ? {} : { differs: placeOf(hba.records[differs] as PlacedRecord) }),
  };
}

/** Both ask the client for the same. */
export const sameAction = (
  a: Pick<PlacedRecord['record'], 'method' | 'options'> | undefined,
  b: Pick<PlacedRecord['record'], 'method' | 'options'> | undefined,
): boolean => a?.method === b?.method && a?.options.join('\0') === b?.options.join('\0');

/** A connection at the start of a gap. */
export function connectionAt(
  gap: Span,
  { replication, database, user, roles }: NamePoint,
  hostname: string | undefined,
  axis: Axis,
): Connection {
  const kind = axis.kindOf(gap.from);
  if (kind === 'local') return { transport: 'local', encryption: 'none', database, user, roles, replication };
  const address = addressText(axis.addressOf(gap.from));
  return hostname === undefined
    ? { transport: 'tcp', encryption: kind, address, database, user, roles, replication }
    : { transport: 'tcp', encryption: kind, address, hostname, database, user, roles, replication };
}
