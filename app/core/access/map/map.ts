import { type Family, parsePrefix, prefixText } from '../../net/prefix.ts';
import { difference, everything, intersection, setOf } from '../../net/set.ts';
import type { Hba } from '../../postgres/hba/hba.ts';
import { networkOf, sourceText } from '../../postgres/hba/network.ts';
import type { HbaRecord, Method } from '../../postgres/hba/record.ts';
import { type Connection, type Place, placeOf } from '../decide.ts';
import { type Axis, axisOf, KINDS, type Kind } from '../reach/axis.ts';
import { written } from '../reach/compare.ts';
import { meet, type Span } from '../reach/cover.ts';
import { decider } from '../reach/decider.ts';
import { coversFor, firstGap, gaps, Ledger, ownMayBeFree, type Region, regionOf } from '../reach/ledger.ts';
import { type Atom, Names } from '../reach/names.ts';
import { connectionAt } from '../reach/reachability.ts';
import { type Source, sourcesOf } from './columns.ts';
import { type Row, RowNames, rowsOf } from './rows.ts';

export interface MapOptions {
  /** What the rows are; the other is in the cells. */
  readonly rows: 'databases' | 'roles';
  readonly family: Family;
  /** Rows whose name holds this, whatever its case; those without a name stay. */
  readonly row?: string;
  /** An address or network: sources that share one with it. Any other text: sources that are written with it. */
  readonly network?: string;
}

/** From where: the socket, or some addresses of the family. */
export type MapColumn = { readonly kind: 'socket' } | Source;

/** Some connections of a cell that one record decides about, or none does. */
export interface MapEntry {
  /** Absent: no record matches, so they are refused. */
  readonly record?: Place & { readonly method: Method; readonly options: readonly string[] };
  readonly connections: readonly Kind[];
  /** Users, or databases where the rows are roles, as the fields of pg_hba.conf say them. */
  readonly who: readonly string[];
  /** Only where the role of the row is a member of this one. */
  readonly member?: string;
  /** Only for clients whose name is this, or ends with it. */
  readonly hostname?: string;
  /** One of them. Absent: it depends on what no file tells whether there is any. */
  readonly witness?: Connection;
}

/** What is done with some connections of a cell. */
export interface MapWay {
  /** null: no record matches. */
  readonly method: Method | null;
  readonly connections: readonly Kind[];
  /** There are such connections; otherwise it depends on what no file tells. */
  readonly certain: boolean;
}

export interface MapCell {
  /** In the order of the file; `more` are not listed. */
  readonly entries: readonly MapEntry[];
  readonly more: number;
  readonly ways: readonly MapWay[];
}

/** Whether anybody gets in to a row from beyond loopback, and by which source of the file first. */
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
  /** Rows and sources that are not shown, because there are too many or a filter leaves them out. */
  readonly leftOut: { readonly rows: number; readonly columns: number };
}

const ROWS = 30;
const COLUMNS = 24;
/** Parts of a cell that are kept, and how many of them are listed in the end. */
const KEPT = 80;
const LISTED = 16;

/**
 * Who reaches what from where. A cell says of each record whether it decides about some connection from these addresses to
 * this row, for which kinds of connection and which users; it is exact wherever `reachability` is.
 */
export function accessMap(hba: Hba, options: MapOptions): AccessMap {
  const records = hba.records.map(({ record }) => record);
  const names = new Names([hba]);
  const sources = sourcesOf(records, options.family);
  const axis = axisOf(records, beyondLoopback);
  const regions = records.map((record) => regionOf(record, hba.major, axis, names));
  const side = options.rows === 'databases' ? 'databases' : 'users';
  const atoms = regions.map((region) => region[side]);
  const allRows = rowsOf(atoms, side);
  const rows = chosenRows(allRows, options.row);
  const shown = chosenSources(sources, records, options.network);
  const ground: Ground = {
    hba,
    names,
    axis,
    view: viewOf(axis, shown),
    rowNames: new RowNames(names, side, allRows),
    certain: names.opaque ? decider(hba) : undefined,
    ledger: new Ledger(),
  };
  const drawn = rows.map((row) => new Drawn(row, shown.length + 1, rowAtom(row, atoms)));
  const refusals = nobody.map((record) => regionOf(record, hba.major, axis, names));
  for (const [index, region] of [...regions, ...refusals].entries()) {
    const seen = seenOf(region, ground);
    const others = side === 'databases' ? region.users : region.databases;
    for (const row of drawn) {
      for (const atom of region[side]) {
        const shared = ground.rowNames.shared(row.row, atom, row.atom);
        if (!shared) continue;
        for (const other of others) {
          const tokens: Asked['tokens'] = side === 'databases' ? [shared, [other]] : [[other], shared];
          const member = atom.kind === 'group' && atom.text !== row.row.text ? atom.text : undefined;
          look({ index, seen, tokens, who: written(other), member }, row, ground);
        }
      }
    }
    ground.ledger.add(region, index);
  }
  return {
    columns: [{ kind: 'socket' }, ...shown],
    rows: drawn.map((row) => row.done(hba)),
    leftOut: { rows: allRows.length - rows.length, columns: sources.length - shown.length },
  };
}

const loopback = setOf([
  { family: 4, bits: 127n << 24n, length: 8 },
  { family: 6, bits: 1n, length: 128 },
]);
const beyondLoopback = difference(everything, loopback);

/** What happens where no record matches, as records. */
const nobody: readonly HbaRecord[] = (['host', 'local'] as const).map((type) => ({
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
  const shown = new Set(named.slice(0, ROWS));
  return rows.filter((row) => row.text === '' || shown.has(row));
}

/** Those that the file names first; loopback and what no network holds stay in any case, unless they are filtered out. */
function chosenSources(sources: readonly Source[], records: readonly HbaRecord[], filter = ''): Source[] {
  const text = filter.trim();
  const wanted = text === '' ? undefined : parsePrefix(text);
  const set = wanted && setOf([wanted]);
  const fitting = sources.filter(({ network: name, addresses }) =>
    set ? intersection(addresses, set).length > 0 : text === '' || (name ?? '').includes(text),
  );
  const ranks = new Map<string, number>();
  for (const [index, { address }] of records.entries()) {
    const whole = networkOf(address);
    if (whole && !ranks.has(prefixText(whole))) ranks.set(prefixText(whole), index);
  }
  const rank = ({ kind, network: name }: Source) =>
    kind === 'network' ? (ranks.get(name ?? '') ?? records.length) : -1;
  const shown = new Set(fitting.toSorted((a, b) => rank(a) - rank(b)).slice(0, COLUMNS));
  return fitting.filter((source) => shown.has(source));
}

/** The token that a row of a group or an expression stands for. */
function rowAtom({ kind, text }: Row, lists: readonly (readonly Atom[])[]): Atom | undefined {
  const wanted = kind === 'group' ? 'group' : kind === 'expression' ? 'regex' : undefined;
  if (!wanted) return undefined;
  for (const list of lists) {
    const found = list.find((atom) => atom.kind === wanted && atom.text === text);
    if (found) return found;
  }
  return undefined;
}

/** The cells of the axis that stand for the columns: all addresses of a source meet the same records. */
interface View {
  readonly spans: readonly Span[];
  readonly columnOf: ReadonlyMap<number, number>;
  /** Those where addresses of the server may be that no file tells. */
  readonly foreign: readonly Span[];
  readonly beyond: Readonly<Record<Family, readonly Span[]>>;
}

function viewOf(axis: Axis, sources: readonly Source[]): View {
  const columnOf = new Map<number, number>();
  const spans: Span[] = [];
  const foreign: Span[] = [];
  for (const kind of KINDS) {
    const { from } = axis.ofKind(kind);
    if (kind === 'local') {
      columnOf.set(from, 0);
      spans.push({ from, to: from + 1 });
      continue;
    }
    const here = sources.flatMap((source, at) => {
      const [range] = source.addresses;
      const [cell] = range ? axis.spansOf([{ ...range, last: range.first }]) : [];
      return cell ? [{ source, column: at + 1, cell: from + cell.from }] : [];
    });
    for (const { source, column, cell } of here.toSorted((a, b) => a.cell - b.cell)) {
      columnOf.set(cell, column);
      spans.push({ from: cell, to: cell + 1 });
      if (source.kind !== 'loopback') foreign.push({ from: cell, to: cell + 1 });
    }
  }
  const beyond = (family: Family) => {
    const set = beyondLoopback.filter((range) => range.family === family);
    return (['none', 'tls', 'gss'] as const).flatMap((kind) => {
      const { from: start } = axis.ofKind(kind);
      return axis.spansOf(set).map(({ from, to }) => ({ from: start + from, to: start + to }));
    });
  };
  return { spans, columnOf, foreign, beyond: { 4: beyond(4), 6: beyond(6) } };
}

interface Ground {
  readonly hba: Hba;
  readonly names: Names;
  readonly axis: Axis;
  readonly view: View;
  readonly rowNames: RowNames;
  /** Where an expression cannot be judged, what is found has to be confirmed. */
  readonly certain: ReturnType<typeof decider> | undefined;
  readonly ledger: Ledger;
}

/** What of a record is in view. */
interface Seen {
  readonly region: Region;
  readonly hostname: string | undefined;
  readonly spans: readonly Span[];
  readonly own: Region['own'];
  readonly letsIn: boolean;
  readonly beyond: Readonly<Record<Family, readonly Span[]>>;
}

function seenOf(region: Region, { view }: Ground): Seen {
  const { host, spans, own, record } = region;
  const letsIn = record.method !== 'reject';
  const beyond = (family: Family) => (letsIn ? meet(spans, view.beyond[family]) : []);
  const counted = own && /^same/.test(own.keyword) ? view.foreign : view.spans;
  return {
    region,
    hostname: host?.startsWith('.') ? `host${host}` : host,
    spans: meet(spans, view.spans),
    own: own && { ...own, kinds: meet(own.kinds, counted) },
    letsIn,
    beyond: { 4: beyond(4), 6: beyond(6) },
  };
}

interface Asked {
  readonly index: number;
  readonly seen: Seen;
  readonly tokens: readonly [databases: readonly Atom[], users: readonly Atom[]];
  readonly who: string;
  readonly member: string | undefined;
}

/** Finds the cells of a row in which a record decides about some of the names that were tried. */
function look(asked: Asked, row: Drawn, ground: Ground): void {
  const { seen, tokens } = asked;
  const { names, axis, ledger, rowNames, hba, certain } = ground;
  const trial = names.trial(...tokens);
  const found = new Map<number, Connection>();
  const possible = new Set<number>();
  const families: readonly Family[] = seen.letsIn ? [4, 6] : [];
  for (const point of trial.points) {
    if (!rowNames.holds(row.row, point)) continue;
    const buckets = ledger.buckets(names.matching(point));
    const covers = coversFor(buckets, seen.hostname);
    for (const { from: cell } of gaps(covers, seen.spans)) {
      const witness = connectionAt({ from: cell, to: cell + 1 }, point, seen.hostname, axis);
      if (!certain || certain(witness) === hba.records[asked.index]) found.set(cell, found.get(cell) ?? witness);
      else possible.add(cell);
    }
    for (const span of seen.own?.kinds ?? [])
      if (seen.own && ownMayBeFree(buckets, { ...seen.own, kinds: [span] })) possible.add(span.from);
    for (const family of families)
      if (firstGap(covers, seen.beyond[family])) row.reaches(family, certain ? 'maybe' : 'yes', seen.region.record);
  }
  if (!trial.complete) {
    const covers = coversFor(ledger.buckets(names.floor(...tokens)), seen.region.host);
    for (const { from: cell } of gaps(covers, seen.spans)) possible.add(cell);
    for (const { from: cell } of seen.own?.kinds ?? []) possible.add(cell);
    for (const family of families)
      if (firstGap(covers, seen.beyond[family])) row.reaches(family, 'maybe', seen.region.record);
  }
  if (seen.own && seen.letsIn && possible.size > 0)
    for (const family of families) row.reaches(family, 'maybe', seen.region.record);
  row.take(asked, found, possible, ground);
}

/** Connections of a cell that a record decides about, for one token. */
interface Part {
  readonly index: number;
  readonly method: Method | null;
  readonly who: string;
  readonly member: string | undefined;
  readonly hostname: string | undefined;
  readonly kinds: Set<Kind>;
  readonly witness: Connection | undefined;
}

/** A row while it is drawn. */
class Drawn {
  readonly row: Row;
  readonly atom: Atom | undefined;
  readonly #cells: readonly {
    readonly parts: Map<string, Part>;
    more: number;
    last: string;
    readonly ways: Map<string, Way>;
  }[];
  readonly #families: Record<Family, FamilyReach> = { 4: { reach: 'no' }, 6: { reach: 'no' } };

  constructor(row: Row, columns: number, atom: Atom | undefined) {
    this.row = row;
    this.atom = atom;
    this.#cells = Array.from({ length: columns }, () => ({ parts: new Map(), more: 0, last: '', ways: new Map() }));
  }

  reaches(family: Family, reach: 'yes' | 'maybe', record: HbaRecord): void {
    const known = this.#families[family].reach;
    if (known === 'no' || (known === 'maybe' && reach === 'yes'))
      this.#families[family] = { reach, source: sourceText(record) };
  }

  take(asked: Asked, found: ReadonlyMap<number, Connection>, possible: ReadonlySet<number>, ground: Ground): void {
    for (const [cell, witness] of found) this.#add(asked, cell, witness, ground);
    for (const cell of possible) if (!found.has(cell)) this.#add(asked, cell, undefined, ground);
  }

  #add({ index, seen, who, member }: Asked, cell: number, witness: Connection | undefined, ground: Ground): void {
    const here = this.#cells[ground.view.columnOf.get(cell) ?? -1];
    if (!here) return;
    const kind = ground.axis.kindOf(cell);
    const method = ground.hba.records[index] ? seen.region.record.method : null;
    const certain = witness !== undefined;
    const wayKey = `${method} ${certain}`;
    const way = here.ways.get(wayKey) ?? { method, certain, kinds: new Set<Kind>() };
    here.ways.set(wayKey, way);
    way.kinds.add(kind);
    const key = JSON.stringify([index, who, member ?? null, certain]);
    const known = here.parts.get(key);
    if (known) known.kinds.add(kind);
    else if (here.parts.size >= KEPT) {
      // A part comes once for each kind of connection, one after the other.
      if (here.last !== key) here.more += 1;
      here.last = key;
    } else
      here.parts.set(key, { index, method, who, member, hostname: seen.region.host, kinds: new Set([kind]), witness });
  }

  done(hba: Hba): MapRow {
    return {
      ...this.row,
      families: this.#families,
      cells: this.#cells.map(({ parts, more, ways }) => {
        const entries = joined([...parts.values()], hba);
        return {
          entries: entries.slice(0, LISTED),
          more: more + Math.max(0, entries.length - LISTED),
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

/** Parts that differ in the token alone, as one. */
function joined(parts: readonly Part[], hba: Hba): MapEntry[] {
  const found = new Map<string, { readonly first: Part; readonly who: string[] }>();
  for (const part of parts) {
    const { index, member, kinds, witness } = part;
    const key = JSON.stringify([index, member ?? null, inOrder(kinds), witness !== undefined]);
    const known = found.get(key) ?? { first: part, who: [] };
    found.set(key, known);
    known.who.push(part.who);
  }
  return [...found.values()].map(({ first: { index, member, hostname, kinds, witness }, who }) => {
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
