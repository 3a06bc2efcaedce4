import { isLoopback } from '../net/loopback.ts';
import { isPrivate } from '../net/private.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import { networkOf, sourceText } from '../postgres/hba/network.ts';
import type { HbaRecord, Method } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';
import { hbaToken } from '../quote/hba.ts';
import { type Place, placeOf } from './decide.ts';
import { mayOverlap } from './incremental.ts';
import { mayDecide, type RecordReach, sameAction } from './reachability.ts';

/**
 * Where clients connect from, the widest first. `any`: every address, of one family or both. `public`: a network of which
 * some addresses are routed on the internet. `name`: hosts with a name in DNS. `subnet`: the server's own subnets
 * (`samenet`). `loopback`: the server itself, over TCP.
 */
export const SCOPES = ['any', 'public', 'name', 'subnet', 'private', 'loopback', 'socket'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * How a password, if any, and data cross the network. `optional`: TLS, if the client asks for it. `any-optional`: the same
 * of a client that logs in with Kerberos, which can encrypt by GSSAPI as well, also without TLS.
 */
export type Protection = 'none' | 'optional' | 'any-optional' | 'tls' | 'gss' | 'local';

/**
 * How much a statement deserves a second look. `open`: a stranger needs no password. `exposed`: strangers can guess
 * passwords, or read them or data on the way. `usual`: neither.
 */
export const CONCERNS = ['open', 'exposed', 'usual'] as const;
export type Concern = (typeof CONCERNS)[number];

/** Who can connect from where, and with which authentication: what rules that differ only in the source have in common. */
export interface AccessStatement {
  readonly concern: Concern;
  readonly scope: Scope;
  /** The first sources, in the syntax of pg_hba.conf, and their number. Empty for the Unix socket. */
  readonly sources: readonly string[];
  readonly sourceCount: number;
  /** In the syntax of pg_hba.conf. */
  readonly databases: readonly string[];
  readonly users: readonly string[];
  readonly method: Method;
  readonly protection: Protection;
  /** The first rules, in file order, and their number. */
  readonly records: readonly Place[];
  readonly recordCount: number;
  /** False: whether any connection gets here depends on facts that aren't in the file. */
  readonly certain: boolean;
  /** A rule further up with another outcome may decide some of these connections. */
  readonly partly: boolean;
}

export interface AccessSummary {
  /** The worst first. */
  readonly statements: readonly AccessStatement[];
  /** The number of statements, of which the first `MAX_STATEMENTS` are listed. */
  readonly total: number;
}

const MAX_STATEMENTS = 60;
const MAX_VALUES = 12;
/** The rules of a statement that are compared with those above them; of more, some may well be decided above. */
const MAX_COMPARED = 20;

interface Group extends Pick<AccessStatement, 'scope' | 'method' | 'protection' | 'concern'> {
  readonly members: { readonly placed: PlacedRecord; readonly index: number; readonly certain: boolean }[];
}

/**
 * What a file allows, in few statements. `reach` has the reachability of its records: those that decide about nobody
 * allow nothing.
 */
export function accessSummary(
  { records }: Pick<Hba, 'records'>,
  reach: readonly RecordReach[],
  { ssl = true }: { readonly ssl?: boolean } = {},
): AccessSummary {
  const groups = new Map<string, Group>();
  for (const [index, placed] of records.entries()) {
    const { record } = placed;
    if (record.method === 'reject' || !mayDecide(reach[index])) continue;
    const [scope, protection] = [scopeOf(record), protectionOf(record, ssl)];
    const key = JSON.stringify([scope, record.method, protection, texts(record.databases), texts(record.users)]);
    const group = groups.get(key) ?? {
      scope,
      protection,
      method: record.method,
      concern: concernOf(scope, record.method, protection),
      members: [],
    };
    groups.set(key, group);
    group.members.push({ placed, index, certain: reach[index]?.status === 'live' });
  }
  return {
    statements: [...groups.values()]
      .sort(worstFirst)
      .slice(0, MAX_STATEMENTS)
      .map((group) => statementOf(group, records)),
    total: groups.size,
  };
}

function statementOf({ members, ...group }: Group, records: readonly PlacedRecord[]): AccessStatement {
  const [first] = members;
  const sources = new Set(group.scope === 'socket' ? [] : members.map(({ placed }) => sourceText(placed.record)));
  return {
    ...group,
    sources: [...sources].slice(0, MAX_VALUES),
    sourceCount: sources.size,
    databases: texts(first?.placed.record.databases ?? []),
    users: texts(first?.placed.record.users ?? []),
    records: members.slice(0, MAX_VALUES).map(({ placed }) => placeOf(placed)),
    recordCount: members.length,
    certain: members.some(({ certain }) => certain),
    partly: members.length > MAX_COMPARED || members.some(({ index }) => isPreceded(records, index)),
  };
}

/** A rule above with another outcome may match some of the same connections. */
function isPreceded(records: readonly PlacedRecord[], index: number): boolean {
  const placed = records[index];
  if (!placed) return false;
  for (let above = 0; above < index; above++) {
    const one = records[above];
    if (one && !sameAction(one.record, placed.record) && mayOverlap(one, placed.record)) return true;
  }
  return false;
}

const texts = (tokens: readonly Token[]): string[] =>
  tokens.map(({ text, quoted }) => (quoted ? hbaToken(text) : text));

function scopeOf(record: HbaRecord): Scope {
  const { address } = record;
  if (address === null) return 'socket';
  if (address.kind === 'all') return 'any';
  if (address.kind === 'name') return 'name';
  if (address.kind !== 'network') return address.kind === 'samehost' ? 'loopback' : 'subnet';
  const whole = networkOf(address);
  // A netmask that isn't a prefix length matches addresses all over the internet.
  if (!whole) return 'public';
  if (whole.length === 0) return 'any';
  if (isLoopback(whole)) return 'loopback';
  return isPrivate(whole) ? 'private' : 'public';
}

function protectionOf({ type, method }: HbaRecord, ssl: boolean): Protection {
  if (method === 'gss' && (type === 'host' || type === 'hostnossl')) return 'any-optional';
  switch (type) {
    case 'local':
      return 'local';
    case 'hostssl':
      return 'tls';
    case 'hostgssenc':
      return 'gss';
    case 'hostnossl':
      return 'none';
    default:
      return ssl ? 'optional' : 'none';
  }
}

const WIDE: ReadonlySet<Scope> = new Set(['any', 'public']);
/** Connections without any encryption are possible. */
const UNENCRYPTED: ReadonlySet<Protection> = new Set(['none', 'optional', 'any-optional']);
const LOCAL: ReadonlySet<Scope> = new Set(['loopback', 'socket']);

function concernOf(scope: Scope, method: Method, protection: Protection): Concern {
  // ident over TCP believes what the client's host says.
  if (method === 'trust' || (method === 'ident' && scope !== 'socket')) return 'open';
  if (LOCAL.has(scope)) return 'usual';
  if (scope === 'any' || UNENCRYPTED.has(protection)) return 'exposed';
  return WIDE.has(scope) && isReadable(method) ? 'exposed' : 'usual';
}

/** The server sees the password itself. */
const isReadable = (method: Method): boolean => /^(password|ldap|radius|pam|bsd)$/.test(method);

/** Weakest authentication first. */
const strength = (method: Method): number =>
  method === 'trust'
    ? 0
    : method === 'ident'
      ? 1
      : isReadable(method)
        ? 2
        : method === 'md5'
          ? 3
          : method === 'scram-sha-256'
            ? 4
            : 5;

const PROTECTIONS: readonly Protection[] = ['none', 'optional', 'any-optional', 'tls', 'gss', 'local'];

/** By concern, then the widest source, the weakest authentication and protection, and the most databases and roles. */
function worstFirst(a: Group, b: Group): number {
  return (
    CONCERNS.indexOf(a.concern) - CONCERNS.indexOf(b.concern) ||
    SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope) ||
    strength(a.method) - strength(b.method) ||
    PROTECTIONS.indexOf(a.protection) - PROTECTIONS.indexOf(b.protection) ||
    breadth(b) - breadth(a) ||
    (a.members[0]?.index ?? 0) - (b.members[0]?.index ?? 0)
  );
}

function breadth({ members }: Group): number {
  const record = members[0]?.placed.record;
  const isAll = (tokens: readonly Token[] = []) => tokens.some(({ text, quoted }) => text === 'all' && !quoted);
  return Number(isAll(record?.databases)) + Number(isAll(record?.users));
}
