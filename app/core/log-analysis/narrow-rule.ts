import { type AccessChange, compareAccess, type PossibleChange } from '../hba-analysis/compare.ts';
import { type Connection, decide } from '../hba-analysis/decide.ts';
import { decider } from '../hba-analysis/decider.ts';
import { sameAction } from '../hba-analysis/reachability.ts';
import { contains, distinct, network, type Prefix, prefixText } from '../net/prefix.ts';
import { numericAddress } from '../postgres/hba/address.ts';
import { commentStart } from '../postgres/hba/comment-start.ts';
import { type Edit, editHba } from '../postgres/hba/edit.ts';
import { type Hba, type ParseHbaOptions, type PlacedRecord, parseHba } from '../postgres/hba/hba.ts';
import { networkOf, sourceText } from '../postgres/hba/network.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';
import { hbaKeyword, hbaName, hbaOption } from '../quote/hba.ts';
import { connectionOf, dependsOnMore, type RuleUse } from './rule-use.ts';
import type { SeenConnection } from './seen.ts';

/** A narrower rule in the place of one that a log shows in use, or the removal of one that nobody used. */
export interface NarrowerRule {
  /** Lines in its place; empty to remove it. */
  readonly lines: readonly string[];
  readonly edits: readonly Edit[];
  /** The whole file with the edits. */
  readonly text: string;
  /** What the edit closes. Nothing opens, and no connection that stays allowed gets another method. */
  readonly closes: readonly (AccessChange | PossibleChange)[];
  /** Connections of the log that were checked one by one to keep the same method and options. */
  readonly kept: number;
}

/**
 * Why there is no narrower rule. `same`: it already names exactly who was seen. `covered`: a
 * later rule allows the same, so that narrowing this one closes nothing. `inconclusive`: the log does not show every
 * connection. `unknown`: a connection of the log lacks
 * its address, or matched by a role membership that a log doesn't show. `unsafe`: the engine found that the edit would
 * open something, or change a method, below the rule. `administrator`: postgres could then
 * no longer connect over the local socket. `included`: the rule is in an included file. `reject`: it allows
 * nobody.
 */
export type NotNarrower =
  | 'same'
  | 'covered'
  | 'inconclusive'
  | 'unknown'
  | 'unsafe'
  | 'administrator'
  | 'included'
  | 'reject';

/** More names or networks than these are not listed one by one. */
const MOST_NAMES = 20;
const MOST_NETWORKS = 32;
/** Addresses are joined into networks of at most this size. */
const JOINED = { 4: 24, 6: 64 } as const;

/** The narrower rule for what a log shows of a rule, proven by the engine; else the reason why there is none. */
export function narrowerRule(content: string, options: ParseHbaOptions, use: RuleUse): NarrowerRule | NotNarrower {
  if (use.file !== undefined) return 'included';
  if (!use.conclusive) return 'inconclusive';
  const before = parseHba(content, options);
  const placed = before.records.find(({ line, file }) => line === use.line && file === undefined);
  if (!placed || before.refused.length > 0) return 'unknown';
  if (placed.record.method === 'reject') return 'reject';
  // An option that the view omits is in no list of options, and would be lost.
  if (placed.record.unshown || (use.connections.length === 0 && dependsOnMore(placed.record))) return 'unknown';
  const lines = use.connections.length === 0 ? [] : narrowedLines(placed.record, use.connections, options.major);
  if (!lines) return 'unknown';
  const raw = before.lines.find(({ number }) => number === use.line)?.raw.trim() ?? '';
  if (
    lines.length === 1 &&
    words(lines[0] ?? '') === words(raw.slice(0, commentStart(raw) < 0 ? undefined : commentStart(raw)))
  )
    return 'same';
  const comment = raw.slice(commentStart(raw) < 0 ? raw.length : commentStart(raw));
  const edits = editsFor(use.line, lines, comment);
  const text = editHba(before, edits);
  const after = parseHba(text, options);
  const changes = compareAccess(before, after);
  if (after.refused.length > 0 || changes.some(({ kind }) => kind !== 'closed')) return 'unsafe';
  if (allowsAdministrator(before) && !allowsAdministrator(after)) return 'administrator';
  if (changes.length === 0 && lines.length > 0) return 'covered';
  return keepsAll(after, placed, use.connections)
    ? { lines, edits, text, closes: changes, kept: use.connections.length }
    : 'unknown';
}

/** The administrator's way in, which a log of clients does not show. */
function allowsAdministrator(hba: Hba): boolean {
  const found = decide(hba, {
    transport: 'local',
    encryption: 'none',
    user: 'postgres',
    database: 'postgres',
    roles: [],
    replication: false,
  });
  return found.outcome === 'record' && found.method !== 'reject';
}

/** The first line replaces the rule and keeps its comment; the others follow it. */
function editsFor(line: number, [first, ...others]: readonly string[], comment: string): readonly Edit[] {
  if (first === undefined) return [{ kind: 'delete', line }];
  return [
    { kind: 'replace', line, text: comment === '' ? first : `${first}  ${comment}` },
    ...others.map((text) => ({ kind: 'insert', line: line + 1, text }) as const),
  ];
}

const words = (line: string): string => line.trim().replaceAll(/\s+/g, ' ');

function keepsAll(after: Hba, { record }: PlacedRecord, connections: readonly SeenConnection[]): boolean {
  const decides = decider(after);
  return connections.every((seen) => {
    const connection = connectionOf(seen);
    return connection !== undefined && sameAction(decides(connection)?.record, record);
  });
}

/** Lines with the type, names and networks that were seen; undefined where a log doesn't say enough. */
function narrowedLines(record: HbaRecord, seen: readonly SeenConnection[], major: number): string[] | undefined {
  const connections = seen.map(connectionOf);
  if (connections.some((connection) => connection === undefined)) return undefined;
  const all = connections.flatMap((connection) => connection ?? []);
  const onlyTls = record.type === 'host' && all.every(({ encryption }) => encryption === 'tls');
  const type = onlyTls ? 'hostssl' : record.type;
  const tail = [record.method, ...record.options.map(optionText)].join(' ');
  const groups = groupsOf(record, all);
  if (!groups) return undefined;
  return groups.flatMap(({ databases, users, sources }) => {
    const names = `${namesOf(record.databases, databases, major)} ${namesOf(record.users, users, major)}`;
    return sources.map((source) => `${type} ${names}${source === '' ? '' : ` ${source}`} ${tail}`);
  });
}

/** Databases, users and sources of which each combination was seen. `replication` is a keyword among the databases. */
interface Group {
  readonly databases: readonly (string | symbol)[];
  readonly users: readonly string[];
  /** Networks; one empty text for the socket. */
  readonly sources: readonly string[];
}

const REPLICATION = Symbol('replication');

/** More lines than these in the place of one rule are hard to read: then one group has every name and network seen. */
const MOST_LINES = 24;

/**
 * Groups of exactly what was seen: users of one database with the same sources are one group, and so are databases with
 * the same users and sources.
 */
function groupsOf(record: HbaRecord, all: readonly Connection[]): readonly Group[] | undefined {
  const addresses = (some: readonly Connection[]) =>
    record.type === 'local'
      ? ['']
      : networksOf(
          record,
          some.map(({ address = '' }) => address),
          all,
        );
  const databaseOf = ({ replication, database }: Connection) => (replication ? REPLICATION : database);
  const whole = addresses(all);
  if (!whole) return undefined;
  const byPair = grouped(all, (one) => [databaseOf(one), one.user]).map((some) => ({
    database: databaseOf(some[0] as Connection),
    user: some[0]?.user ?? '',
    sources: addresses(some) ?? whole,
  }));
  const byDatabase = grouped(byPair, ({ database, sources }) => [database, ...sources]).map((some) => ({
    database: some[0]?.database ?? '',
    users: some.map(({ user }) => user).toSorted(),
    sources: some[0]?.sources ?? whole,
  }));
  const groups = grouped(byDatabase, ({ users, sources }) => [...users, '', ...sources]).map((some) => ({
    databases: some.map(({ database }) => database),
    users: some[0]?.users ?? [],
    sources: some[0]?.sources ?? whole,
  }));
  const lines = groups.reduce((sum, { sources }) => sum + sources.length, 0);
  if (lines <= Math.max(MOST_LINES, whole.length)) return groups;
  const databases = [...new Set(all.map(databaseOf))];
  return [{ databases, users: [...new Set(all.map(({ user }) => user))].toSorted(), sources: whole }];
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => readonly (string | symbol)[]): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = JSON.stringify(
      keyOf(one).map((part) => (typeof part === 'symbol' ? { keyword: part.description } : part)),
    );
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function optionText(option: string): string {
  const at = option.indexOf('=');
  return hbaOption(option.slice(0, at), option.slice(at + 1));
}

/** The names that were seen, unless they are too many. */
function namesOf(tokens: readonly Token[], seen: Group['databases'], major: number): string {
  if (seen.length > MOST_NAMES) return tokens.map(tokenText).join(',');
  const written = seen.map((name): string =>
    typeof name === 'symbol' ? hbaKeyword('replication') : hbaName(name, major),
  );
  return written.toSorted().join(',');
}

const tokenText = ({ text, quoted }: Token): string => (quoted ? `"${text.replaceAll('"', '""')}"` : text);

/** The networks of the addresses, inside the rule's own; its own if there are too many. */
function networksOf(
  record: HbaRecord,
  addresses: readonly string[],
  all: readonly Connection[],
): readonly string[] | undefined {
  const own = networkOf(record.address);
  const hostsIn = (some: readonly string[]) => distinct(some.flatMap((address) => numericAddress(address) ?? []));
  const hosts = hostsIn(addresses);
  if (hosts.length === 0) return undefined;
  const everyone = hostsIn(all.map(({ address = '' }) => address));
  const joined = distinct(hosts.map((host) => joinedOf(host, everyone, own)));
  if (joined.length > MOST_NETWORKS) return [sourceText(record)];
  return joined.map(prefixText).toSorted();
}

/** So many hosts of one network are that network: single addresses come and go. */
const MANY = 5;

/** The network of a host, if many were seen in it; never wider than the rule's own. */
function joinedOf(host: Prefix, hosts: readonly Prefix[], own: Prefix | undefined): Prefix {
  const wide = network(host, Math.max(JOINED[host.family], own?.family === host.family ? own.length : 0));
  return hosts.filter((other) => contains(wide, other)).length >= MANY ? wide : host;
}
