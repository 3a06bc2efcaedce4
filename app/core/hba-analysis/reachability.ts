import { type Message, say } from '../messages/message.ts';
import { addressText } from '../net/prefix.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import { type Axis, appendInterval, axisOf, KINDS } from './axis.ts';
import { CoverageIndex, coversFor, firstGap, offAxisMayBeUncovered, type Region, regionOf } from './coverage-index.ts';
import { type Connection, type Place, placeOf } from './decide.ts';
import { type Interval, type IntervalSet, intersect } from './interval-set.ts';
import { type Memberships, type NamePoint, Names, type NameToken } from './names.ts';
import { smallestCover } from './smallest-cover.ts';

/**
 * Whether a record is the first match of any connection.
 *
 * - `reachable`: `witness` is a connection that this record matches and no earlier record does.
 * - `unreachable`: the earlier records in `by` together match every connection that this record matches. None of them can
 *   be left out, and with 24 candidates or fewer the set is usually the smallest one. `differs` is the first of them with
 *   another method or other options.
 * - `unmatchable`: no connection can match the record, wherever it is in the file.
 * - `unknown`: it depends on facts that aren't in the file, such as the server's addresses or DNS, or on a regular expression.
 */
export type RecordReach = Place &
  (
    | { readonly status: 'live'; readonly witness: Connection }
    | { readonly status: 'dead'; readonly by: readonly Place[]; readonly differs?: Place }
    | { readonly status: 'unmatchable' | 'unknown'; readonly reason: Message }
  );

/** The record may be the first match of some connection. */
export const mayDecide = (reach: RecordReach | undefined): boolean =>
  reach?.status === 'live' || reach?.status === 'unknown';

export interface ReachabilityOptions {
  /** The server has `ssl = on`. Default: true. */
  readonly ssl?: boolean;
  /** The server is built with GSSAPI. Default: true. */
  readonly gss?: boolean;
  /** Every role that each user is a member of, directly or not. Absent: any user may be a member of any role. */
  readonly memberships?: Memberships;
}

/**
 * The reachability of each record, in file order. Exact for names, networks and kinds of connection, also where only several
 * earlier records together cover a record. Never reports a record as unreachable if a connection could reach it.
 */
export const reachability = (hba: Pick<Hba, 'major' | 'records'>, options: ReachabilityOptions = {}): RecordReach[] =>
  reachabilityAmong(new Names([hba], options.memberships), hba, options);

/** The same for records of a larger file, with the names of that file. */
export function reachabilityAmong(
  names: Names,
  hba: Pick<Hba, 'major' | 'records'>,
  { ssl = true, gss = true }: Omit<ReachabilityOptions, 'memberships'>,
): RecordReach[] {
  const records = hba.records.map(({ record }) => record);
  const axis = axisOf(records);
  const coverage = new CoverageIndex();
  const regions: Region[] = [];
  // True from the first record on whose regular expression can't be evaluated: it may match any later witness.
  let afterOpaque = false;
  const { opaque } = names;
  const restrict = ssl && gss ? (region: Region) => region : restrictTo(possibleCells(axis, ssl, gss));
  return hba.records.map((placed): RecordReach => {
    const place = placeOf(placed);
    const region = restrict(regionOf(placed.record, hba.major, axis, names));
    afterOpaque ||= opaque && (region.databases.some(names.isOpaque) || region.users.some(names.isOpaque));
    const reason = unmatchable(region, ssl, gss);
    if (reason) {
      regions.push(region);
      return { ...place, status: 'unmatchable', reason };
    }
    const result = findWitness(region, { names, axis, coverage });
    const reach = reachOf(result, region, regions, { hba, names, coverage, place, afterOpaque });
    coverage.add(region, regions.length);
    regions.push(region);
    return reach;
  });
}

/** The cells of the kinds of connection that the server accepts. */
function possibleCells(axis: Axis, ssl: boolean, gss: boolean): Interval[] {
  const result: Interval[] = [];
  for (const kind of KINDS) {
    if ((kind === 'tls' && !ssl) || (kind === 'gss' && !gss)) continue;
    appendInterval(result, axis.ofKind(kind));
  }
  return result;
}

/** Limits a region to the given cells. */
const restrictTo =
  (intervals: readonly Interval[]) =>
  (region: Region): Region => ({
    ...region,
    intervals: intersect(region.intervals, intervals),
    ...(region.offAxis ? { offAxis: { ...region.offAxis, kinds: intersect(region.offAxis.kinds, intervals) } } : {}),
  });

function unmatchable({ record, databases, users, host }: Region, ssl: boolean, gss: boolean): Message | undefined {
  if (record.type === 'hostssl' && !ssl) return say('reach.noSsl');
  if (record.type === 'hostgssenc' && !gss) return say('reach.noGss');
  if (host === '') return say('reach.emptyHost');
  return noName('database', databases) ?? noName('user', users);
}

function noName(field: 'database' | 'user', nameTokens: readonly NameToken[]): Message | undefined {
  if (nameTokens.some(({ unmatchable }) => unmatchable === undefined)) return undefined;
  return say(nameTokens[0]?.unmatchable === 'empty' ? 'reach.emptyName' : 'reach.longName', { field });
}

interface Context {
  readonly names: Names;
  readonly axis: Axis;
  readonly coverage: CoverageIndex;
}

/** What the earlier records leave of a region: a connection, nothing, or it can't be determined. */
type SearchResult =
  | { readonly kind: 'witness'; readonly witness: Connection }
  | { readonly kind: 'covered' }
  | { readonly kind: 'unknown'; readonly reason: Message };

/** Searches a connection that the region matches and no record of the coverage index does. */
function findWitness(region: Region, { names, axis, coverage }: Context): SearchResult {
  const hostname = names.exampleHost(region.host);
  let unknown: Message | undefined;
  for (const database of region.databases) {
    for (const user of region.users) {
      const { points, complete } = names.representatives([database], [user]);
      for (const point of points) {
        const buckets = coverage.buckets(names.matching(point));
        const gap = gapForExample(coversFor(buckets, hostname), region.intervals, axis);
        if (gap) return { kind: 'witness', witness: connectionAt(gap, point, hostname, axis) };
        if (region.offAxis && offAxisMayBeUncovered(buckets, region.offAxis))
          unknown ??= say(region.record.address?.kind === 'network' ? 'reach.mask' : 'reach.ownAddress');
      }
      if (complete) continue;
      const guaranteed = coverage.buckets(names.guaranteedMatches([database], [user]));
      if (firstGap(coversFor(guaranteed, region.host), region.intervals)) unknown ??= say('reach.expression');
    }
  }
  return unknown ? { kind: 'unknown', reason: unknown } : { kind: 'covered' };
}

function reachOf(
  result: SearchResult,
  region: Region,
  earlier: readonly Region[],
  {
    hba,
    names,
    coverage,
    place,
    afterOpaque,
  }: {
    readonly hba: Pick<Hba, 'records'>;
    readonly names: Names;
    readonly coverage: CoverageIndex;
    readonly place: Place;
    readonly afterOpaque: boolean;
  },
): RecordReach {
  if (result.kind === 'unknown') return { ...place, status: 'unknown', reason: result.reason };
  if (result.kind === 'witness') {
    if (afterOpaque) return { ...place, status: 'unknown', reason: say('reach.expression') };
    const { line, file } = place;
    // Almost every record ends here. Without object spread this takes a fifth of the time.
    return file === undefined
      ? { line, status: 'live', witness: result.witness }
      : { line, file, status: 'live', witness: result.witness };
  }
  const by = smallestCover(region, earlier, coverage, names);
  const places = by.map((index) => placeOf(hba.records[index] as PlacedRecord));
  const differs = by.find((index) => !sameAction(earlier[index]?.record, region.record));
  return {
    ...place,
    status: 'dead',
    by: places,
    ...(differs === undefined ? {} : { differs: placeOf(hba.records[differs] as PlacedRecord) }),
  };
}

/** Both records have the same method and options. */
export const sameAction = (
  a: Pick<PlacedRecord['record'], 'method' | 'options'> | undefined,
  b: Pick<PlacedRecord['record'], 'method' | 'options'> | undefined,
): boolean => a?.method === b?.method && a?.options.join('\0') === b?.options.join('\0');

/** An address that every reader recognizes as an example (RFC 5737). */
const EXAMPLE = '203.0.113.50';

/** The first gap, or if the example address is in a later one, that of the example. */
export function gapForExample(
  covers: readonly IntervalSet[],
  intervals: readonly Interval[],
  axis: Axis,
): Interval | undefined {
  const first = firstGap(covers, intervals);
  const cell = first ? exampleCell(first, axis) : -1;
  if (!first || cell < first.to || !intervals.some(({ from, to }) => cell >= from && cell < to)) return first;
  return firstGap(covers, [{ from: cell, to: cell + 1 }]) ?? first;
}

/** The same for a list of gaps. */
export function gapOfExample(found: readonly Interval[], axis: Axis): Interval | undefined {
  const [first] = found;
  const cell = first ? exampleCell(first, axis) : -1;
  return found.find(({ from, to }) => cell >= from && cell < to) ?? first;
}

/** The cell of the example, of the same kind as a gap; -1 for the socket. */
function exampleCell({ from }: Interval, axis: Axis): number {
  const kind = axis.kindOf(from);
  return kind === 'local' ? -1 : axis.cellAt(kind, EXAMPLE);
}

/** A connection from a gap, of the kind of its first cell. */
export function connectionAt(
  gap: Interval,
  { replication, database, user, roles }: NamePoint,
  hostname: string | undefined,
  axis: Axis,
): Connection {
  const kind = axis.kindOf(gap.from);
  if (kind === 'local') return { transport: 'local', encryption: 'none', database, user, roles, replication };
  const address = addressText(axis.exampleIn(gap));
  return hostname === undefined
    ? { transport: 'tcp', encryption: kind, address, database, user, roles, replication }
    : { transport: 'tcp', encryption: kind, address, hostname, database, user, roles, replication };
}
