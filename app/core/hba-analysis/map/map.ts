import { exampleAddress } from '../../net/example-address.ts';
import { LOOPBACK } from '../../net/loopback.ts';
import { type Family, parsePrefix, prefixText } from '../../net/prefix.ts';
import { difference, everything, intersection, setOf } from '../../net/set.ts';
import type { Hba } from '../../postgres/hba/hba.ts';
import { networkOf, sourceText } from '../../postgres/hba/network.ts';
import type { HbaRecord, Method } from '../../postgres/hba/record.ts';
import { type Axis, axisOf, KINDS, type Kind } from '../axis.ts';
import { tokenText } from '../compare.ts';
import {
  CoverageIndex,
  coversFor,
  firstGap,
  gaps,
  offAxisMayBeUncovered,
  type Region,
  regionOf,
} from '../coverage-index.ts';
import { type Connection, type Place, placeOf } from '../decide.ts';
import { decider } from '../decider.ts';
import { type Interval, intersect } from '../interval-set.ts';
import { Names, type NameToken } from '../names.ts';
import { connectionAt } from '../reachability.ts';
import { type Source, sourcesOf } from './columns.ts';
import { type Row, RowNames, rowsOf } from './rows.ts';

export interface MapOptions {
  /** What the rows are. The cells list the other one. */
  readonly rows: 'databases' | 'roles';
  readonly family: Family;
  /** Filter: rows whose name contains this text, in any case. Rows without a name are always shown. */
  readonly row?: string;
  /** Filter: an address or network selects the sources that overlap it; other text selects sources whose network contains it. */
  readonly network?: string;
}

/** A source of connections: the Unix socket, or a set of addresses. */
export type MapColumn = { readonly kind: 'socket' } | Source;

/** Connections of a cell with the same first match, or with none. */
export interface MapEntry {
  /** Absent: no record matches, so the server rejects the connections. */
  readonly record?: Place & { readonly method: Method; readonly options: readonly string[] };
  readonly connections: readonly Kind[];
  /** Users (or databases if the rows are roles), in the syntax of pg_hba.conf. */
  readonly who: readonly string[];
  /** Only if the role of the row is a member of this role. */
  readonly member?: string;
  /** Only for clients with this host name or suffix. */
  readonly hostname?: string;
  /** One of the connections. Absent: whether there is one depends on facts that aren't in the file. */
  readonly witness?: Connection;
}

/** An outcome of connections of a cell. */
export interface MapWay {
  /** null: no record matches. */
  readonly method: Method | null;
  readonly connections: readonly Kind[];
  /** There is such a connection; false if that depends on facts that aren't in the file. */
  readonly certain: boolean;
}

export interface MapCell {
  /** In file order; `more` is the number of entries that aren't listed. */
  readonly entries: readonly MapEntry[];
  readonly more: number;
  readonly ways: readonly MapWay[];
}

/** Whether a connection from outside loopback can be accepted for a row, and the source of the first record that does so. */
export interface FamilyReach {
  readonly reach: 'yes' | 'maybe' | 'no';
  readonly source?: string;
}

export interface MapRow extends Row {
  readonly cells: readonly MapCell[];
  readonly families: Readonly<Record<Family, FamilyReach>>;
}

export interface AccessMap {
  readonly columns: readonly MapColumn[];
  readonly rows: readonly MapRow[];
  /** Numbers of rows and columns that aren't shown, because of the limits or a filter. */
  readonly leftOut: { readonly rows: number; readonly columns: number };
}

const MAX_ROWS = 30;
const MAX_COLUMNS = 24;
/** Parts of a cell that are stored, and joined entries that are listed. */
const MAX_PARTS = 80;
const MAX_ENTRIES = 16;

/**
 * A table of access: rows are databases or roles, columns are sources. A cell lists the records that are the first match of
 * some connection from the column to the row, with the kinds of connection and the users. Exact wherever `reachability` is.
 */
export function accessMap(hba: Hba, options: MapOptions): AccessMap {
  const records = hba.records.map(({ record }) => record);
  const names = new Names([hba]);
  const sources = sourcesOf(records, options.family);
  const axis = axisOf(records, outsideLoopback);
  const regions = records.map((record) => regionOf(record, hba.major, axis, names));
  const side = options.rows === 'databases' ? 'databases' : 'users';
  const nameTokens = regions.map((region) => region[side]);
  const allRows = rowsOf(nameTokens, side);
  const rows = chosenRows(allRows, options.row);
  const shown = chosenSources(sources, records, options.network);
  const context: Context = {
    hba,
    names,
    axis,
    view: viewOf(axis, shown),
    rowNames: new RowNames(names, side, allRows),
    confirm: names.opaque ? decider(hba) : undefined,
    coverage: new CoverageIndex(),
  };
  const builders = rows.map((row) => new RowBuilder(row, shown.length + 1, rowToken(row, nameTokens)));
  const rejects = noMatch.map((record) => regionOf(record, hba.major, axis, names));
  for (const [index, region] of [...regions, ...rejects].entries()) {
    const visible = visibleRegion(region, context);
    const others = side === 'databases' ? region.users : region.databases;
    for (const row of builders) {
      for (const nameToken of region[side]) {
        const shared = context.rowNames.sharedTokens(row.row, nameToken, row.nameToken);
        if (!shared) continue;
        for (const other of others) {
          const tokens: Query['tokens'] = side === 'databases' ? [shared, [other]] : [[other], shared];
          const member = nameToken.kind === 'group' && nameToken.text !== row.row.text ? nameToken.text : undefined;
          addRecord({ index, visible, tokens, who: tokenText(other), member }, row, context);
        }
      }
    }
    context.coverage.add(region, index);
  }
  return {
    columns: [{ kind: 'socket' }, ...shown],
    rows: builders.map((row) => row.build(hba)),
    leftOut: { rows: allRows.length - rows.length, columns: sources.length - shown.length },
  };
}

const outsideLoopback = difference(everything, setOf(Object.values(LOOPBACK)));

/** Records that match every connection: their connections are those that no record of the file matches. */
const noMatch: readonly HbaRecord[] = (['host', 'local'] as const).map((type) => ({
  type,
  databases: ['all', 'replication'].map((text) => ({ text, quoted: false })),
  users: [{ text: 'all', quoted: false }],
  address: type === 'local' ? null : { kind: 'all' },
  method: 'reject',
  options: [],
  remark: null,
}));

function chosenRows(rows: readonly Row[], filter = ''): Row[] {
  const wanted = filter.trim().toLowerCase();
  const named = rows.filter(({ text }) => text !== '' && text.toLowerCase().includes(wanted));
  const shown = new Set(named.slice(0, MAX_ROWS));
  return rows.filter((row) => row.text === '' || shown.has(row));
}

/** Selects the networks that are first in the file. Loopback and all other addresses are always shown, unless filtered out. */
function chosenSources(sources: readonly Source[], records: readonly HbaRecord[], filter = ''): Source[] {
  const text = filter.trim();
  const prefix = text === '' ? undefined : parsePrefix(text);
  const set = prefix && setOf([prefix]);
  const matching = sources.filter(({ network: name, addresses }) =>
    set ? intersection(addresses, set).length > 0 : text === '' || (name ?? '').includes(text),
  );
  const ranks = new Map<string, number>();
  for (const [index, { address }] of records.entries()) {
    const whole = networkOf(address);
    if (whole && !ranks.has(prefixText(whole))) ranks.set(prefixText(whole), index);
  }
  const rank = ({ kind, network: name }: Source) =>
    kind === 'network' ? (ranks.get(name ?? '') ?? records.length) : -1;
  const shown = new Set(matching.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_COLUMNS));
  return matching.filter((source) => shown.has(source));
}

/** The name token of a row for a group or a regular expression. */
function rowToken({ kind, text }: Row, lists: readonly (readonly NameToken[])[]): NameToken | undefined {
  const tokenKind = kind === 'group' ? 'group' : kind === 'expression' ? 'regex' : undefined;
  if (!tokenKind) return undefined;
  for (const list of lists) {
    const token = list.find((nameToken) => nameToken.kind === tokenKind && nameToken.text === text);
    if (token) return token;
  }
  return undefined;
}

/** One cell of the axis per column and kind: every record matches all addresses of a source or none. */
interface View {
  readonly intervals: readonly Interval[];
  readonly columnOf: ReadonlyMap<number, number>;
  /** Those outside loopback, which may contain addresses of the server. */
  readonly nonLoopback: readonly Interval[];
  /** All cells outside loopback by address family. */
  readonly outside: Readonly<Record<Family, readonly Interval[]>>;
}

function viewOf(axis: Axis, sources: readonly Source[]): View {
  const columnOf = new Map<number, number>();
  const intervals: Interval[] = [];
  const nonLoopback: Interval[] = [];
  for (const kind of KINDS) {
    const { from } = axis.ofKind(kind);
    if (kind === 'local') {
      columnOf.set(from, 0);
      intervals.push({ from, to: from + 1 });
      continue;
    }
    const columns = sources.flatMap((source, at) => {
      const example = exampleAddress(source.addresses);
      const [cell] = example
        ? axis.intervalsOf([{ family: example.family, first: example.bits, last: example.bits }])
        : [];
      return cell ? [{ source, column: at + 1, cell: from + cell.from }] : [];
    });
    for (const { source, column, cell } of columns.toSorted((a, b) => a.cell - b.cell)) {
      columnOf.set(cell, column);
      intervals.push({ from: cell, to: cell + 1 });
      if (source.kind !== 'loopback') nonLoopback.push({ from: cell, to: cell + 1 });
    }
  }
  const outside = (family: Family) => {
    const set = outsideLoopback.filter((range) => range.family === family);
    return (['none', 'tls', 'gss'] as const).flatMap((kind) => {
      const { from: start } = axis.ofKind(kind);
      return axis.intervalsOf(set).map(({ from, to }) => ({ from: start + from, to: start + to }));
    });
  };
  return { intervals, columnOf, nonLoopback, outside: { 4: outside(4), 6: outside(6) } };
}

interface Context {
  readonly hba: Hba;
  readonly names: Names;
  readonly axis: Axis;
  readonly view: View;
  readonly rowNames: RowNames;
  /** Set if a regular expression can't be evaluated: then a witness is confirmed by its first match. */
  readonly confirm: ReturnType<typeof decider> | undefined;
  readonly coverage: CoverageIndex;
}

/** The part of a region that is in the columns. */
interface VisibleRegion {
  readonly region: Region;
  readonly hostname: string | undefined;
  readonly intervals: readonly Interval[];
  readonly offAxis: Region['offAxis'];
  readonly accepts: boolean;
  readonly outside: Readonly<Record<Family, readonly Interval[]>>;
}

function visibleRegion(region: Region, { names, view }: Context): VisibleRegion {
  const { host, intervals, offAxis, record } = region;
  const accepts = record.method !== 'reject';
  const outside = (family: Family) => (accepts ? intersect(intervals, view.outside[family]) : []);
  const possible = offAxis && /^same/.test(offAxis.keyword) ? view.nonLoopback : view.intervals;
  return {
    region,
    hostname: names.exampleHost(host),
    intervals: intersect(intervals, view.intervals),
    offAxis: offAxis && { ...offAxis, kinds: intersect(offAxis.kinds, possible) },
    accepts,
    outside: { 4: outside(4), 6: outside(6) },
  };
}

/** One record and one pair of tokens, for one row. */
interface Query {
  readonly index: number;
  readonly visible: VisibleRegion;
  readonly tokens: readonly [databases: readonly NameToken[], users: readonly NameToken[]];
  readonly who: string;
  readonly member: string | undefined;
}

/** Finds the cells of a row in which a record is the first match for one of the representative names. */
function addRecord(query: Query, row: RowBuilder, context: Context): void {
  const { visible, tokens } = query;
  const { names, axis, coverage, rowNames, hba, confirm } = context;
  const representatives = names.representatives(...tokens);
  const witnesses = new Map<number, Connection>();
  const possible = new Set<number>();
  const families: readonly Family[] = visible.accepts ? [4, 6] : [];
  for (const point of representatives.points) {
    if (!rowNames.contains(row.row, point)) continue;
    const buckets = coverage.buckets(names.matching(point));
    const covers = coversFor(buckets, visible.hostname);
    for (const { from: cell } of gaps(covers, visible.intervals)) {
      const witness = connectionAt({ from: cell, to: cell + 1 }, point, visible.hostname, axis);
      if (!confirm || confirm(witness) === hba.records[query.index])
        witnesses.set(cell, witnesses.get(cell) ?? witness);
      else possible.add(cell);
    }
    for (const interval of visible.offAxis?.kinds ?? [])
      if (visible.offAxis && offAxisMayBeUncovered(buckets, { ...visible.offAxis, kinds: [interval] }))
        possible.add(interval.from);
    for (const family of families)
      if (firstGap(covers, visible.outside[family]))
        row.setReach(family, confirm ? 'maybe' : 'yes', visible.region.record);
  }
  if (!representatives.complete) {
    const covers = coversFor(coverage.buckets(names.guaranteedMatches(...tokens)), visible.region.host);
    for (const { from: cell } of gaps(covers, visible.intervals)) possible.add(cell);
    for (const { from: cell } of visible.offAxis?.kinds ?? []) possible.add(cell);
    for (const family of families)
      if (firstGap(covers, visible.outside[family])) row.setReach(family, 'maybe', visible.region.record);
  }
  if (visible.offAxis && visible.accepts && possible.size > 0)
    for (const family of families) row.setReach(family, 'maybe', visible.region.record);
  row.addCells(query, witnesses, possible, context);
}

/** Connections of a cell with the same first match, for one token. */
interface Part {
  readonly index: number;
  readonly method: Method | null;
  readonly who: string;
  readonly member: string | undefined;
  readonly hostname: string | undefined;
  readonly kinds: Set<Kind>;
  readonly witness: Connection | undefined;
}

/** Builds one row of the map. */
class RowBuilder {
  readonly row: Row;
  readonly nameToken: NameToken | undefined;
  readonly #cells: readonly {
    readonly parts: Map<string, Part>;
    more: number;
    last: string;
    readonly ways: Map<string, Way>;
  }[];
  readonly #families: Record<Family, FamilyReach> = { 4: { reach: 'no' }, 6: { reach: 'no' } };

  constructor(row: Row, columns: number, nameToken: NameToken | undefined) {
    this.row = row;
    this.nameToken = nameToken;
    this.#cells = Array.from({ length: columns }, () => ({ parts: new Map(), more: 0, last: '', ways: new Map() }));
  }

  setReach(family: Family, reach: 'yes' | 'maybe', record: HbaRecord): void {
    const current = this.#families[family].reach;
    if (current === 'no' || (current === 'maybe' && reach === 'yes'))
      this.#families[family] = { reach, source: sourceText(record) };
  }

  addCells(
    query: Query,
    witnesses: ReadonlyMap<number, Connection>,
    possible: ReadonlySet<number>,
    context: Context,
  ): void {
    for (const [cell, witness] of witnesses) this.#add(query, cell, witness, context);
    for (const cell of possible) if (!witnesses.has(cell)) this.#add(query, cell, undefined, context);
  }

  #add({ index, visible, who, member }: Query, cell: number, witness: Connection | undefined, context: Context): void {
    const target = this.#cells[context.view.columnOf.get(cell) ?? -1];
    if (!target) return;
    const kind = context.axis.kindOf(cell);
    const method = context.hba.records[index] ? visible.region.record.method : null;
    const certain = witness !== undefined;
    const wayKey = `${method} ${certain}`;
    const way = target.ways.get(wayKey) ?? { method, certain, kinds: new Set<Kind>() };
    target.ways.set(wayKey, way);
    way.kinds.add(kind);
    const key = JSON.stringify([index, who, member ?? null, certain]);
    const existing = target.parts.get(key);
    if (existing) existing.kinds.add(kind);
    else if (target.parts.size >= MAX_PARTS) {
      // The same part is added once per kind of connection, without other parts in between.
      if (target.last !== key) target.more += 1;
      target.last = key;
    } else
      target.parts.set(key, {
        index,
        method,
        who,
        member,
        hostname: visible.region.host,
        kinds: new Set([kind]),
        witness,
      });
  }

  build(hba: Hba): MapRow {
    return {
      ...this.row,
      families: this.#families,
      cells: this.#cells.map(({ parts, more, ways }) => {
        const entries = joined([...parts.values()], hba);
        return {
          entries: entries.slice(0, MAX_ENTRIES),
          more: more + Math.max(0, entries.length - MAX_ENTRIES),
          ways: [...ways.values()].map(({ method, certain, kinds }) => ({
            method,
            certain,
            connections: inOrder(kinds),
          })),
        };
      }),
    };
  }
}

interface Way {
  readonly method: Method | null;
  readonly certain: boolean;
  readonly kinds: Set<Kind>;
}

const inOrder = (kinds: ReadonlySet<Kind>): Kind[] => KINDS.filter((kind) => kinds.has(kind));

/** Joins parts that differ only in the token. */
function joined(parts: readonly Part[], hba: Hba): MapEntry[] {
  const entries = new Map<string, { readonly first: Part; readonly who: string[] }>();
  for (const part of parts) {
    const { index, member, kinds, witness } = part;
    const key = JSON.stringify([index, member ?? null, inOrder(kinds), witness !== undefined]);
    const entry = entries.get(key) ?? { first: part, who: [] };
    entries.set(key, entry);
    entry.who.push(part.who);
  }
  return [...entries.values()].map(({ first: { index, member, hostname, kinds, witness }, who }) => {
    const placed = hba.records[index];
    return {
      ...(placed
        ? { record: { ...placeOf(placed), method: placed.record.method, options: placed.record.options } }
        : {}),
      connections: inOrder(kinds),
      who,
      ...(member === undefined ? {} : { member }),
      ...(hostname === undefined ? {} : { hostname }),
      ...(witness ? { witness } : {}),
    };
  });
}
