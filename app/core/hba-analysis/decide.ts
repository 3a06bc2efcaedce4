import { isLoopback } from '../net/loopback.ts';
import { hostText, numericAddress } from '../postgres/hba/address.ts';
import { type Expression, expressionOf, isExpression } from '../postgres/hba/expression.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import type { HbaRecord, Method, RecordAddress } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';

/** One connection attempt, as PostgreSQL compares it with pg_hba.conf. */
export interface Connection {
  readonly transport: 'local' | 'tcp';
  readonly encryption: 'none' | 'tls' | 'gss';
  /** IP address of the client; absent for the Unix socket. */
  readonly address?: string;
  /** Host name of the client's address, if reverse and forward lookup agree. */
  readonly hostname?: string;
  readonly database: string;
  readonly user: string;
  /** Every role that the user is a member of, directly or not. */
  readonly roles: readonly string[];
  /** Physical replication. Logical replication names a database and matches like an ordinary connection. */
  readonly replication: boolean;
  /** Logical replication (`replication=database`). It changes only the message of a server before version 14. */
  readonly logical?: boolean;
}

/** The field of a record that didn't match, in the order in which the server compares them. */
export type SkipField = 'type' | 'encryption' | 'address' | 'database' | 'user';

export interface Skip extends Place {
  readonly field: SkipField;
}

/** Line of a record. `file` is the path of an included file; absent for the main file. */
export interface Place {
  readonly line: number;
  readonly file?: string;
}

/** The result for a connection. `message` is PostgreSQL's error message without `FATAL:`, if it rejects the connection here. */
export type Outcome =
  | (Place & {
      readonly outcome: 'record';
      readonly method: Method;
      readonly options: readonly string[];
      readonly message?: string;
    })
  | { readonly outcome: 'no-entry'; readonly message: string };

/** The outcome, and for each record before the matching one the first field that didn't match. */
export type Decision = Outcome & { readonly skipped: readonly Skip[] };

/**
 * The decision of the server: the first record that matches in every field. Assumes that the server has loaded the file.
 * Scans the file once; use `decider` for many connections to one file.
 */
export function decide(hba: Hba, connection: Connection): Decision {
  const placed = hba.records.find(({ record }) => mismatch(record, connection, hba.major) === undefined);
  return decisionOf(placed, hba, connection);
}

/** The decision for a record that is known to match the connection. `skipped` is computed on first access. */
export const decisionOf = (placed: PlacedRecord | undefined, hba: Hba, connection: Connection): Decision => ({
  ...outcomeOf(placed, connection, hba.major),
  get skipped() {
    return skipsOf(hba.records, connection, hba.major);
  },
});

/** The records before the first match, each with the field that didn't match. */
export function skipsOf(records: readonly PlacedRecord[], connection: Connection, major: number): Skip[] {
  const skipped: Skip[] = [];
  for (const placed of records) {
    const field = mismatch(placed.record, connection, major);
    if (field === undefined) break;
    skipped.push({ ...placeOf(placed), field });
  }
  return skipped;
}

export const placeOf = ({ line, file }: PlacedRecord): Place => (file === undefined ? { line } : { line, file });

/** The outcome for a matching record, or for none. */
function outcomeOf(placed: PlacedRecord | undefined, connection: Connection, major: number): Outcome {
  if (!placed) return { outcome: 'no-entry', message: refusalText('no-entry', connection, major) };
  const { method, options } = placed.record;
  const decision = { outcome: 'record', ...placeOf(placed), method, options } as const;
  return method === 'reject' ? { ...decision, message: refusalText('reject', connection, major) } : decision;
}

/** The first field of a record that doesn't match a connection; undefined if every field matches. */
function mismatch(record: HbaRecord, connection: Connection, major: number): SkipField | undefined {
  const { transport, encryption } = connection;
  if ((record.type === 'local') !== (transport === 'local')) return 'type';
  if (!encryptionMatches(record.type, encryption)) return 'encryption';
  if (record.address && !addressMatches(record.address, connection)) return 'address';
  if (!record.databases.some((token) => databaseMatches(token, connection, major))) return 'database';
  return record.users.some((token) => userMatches(token, connection, major)) ? undefined : 'user';
}

function encryptionMatches(type: HbaRecord['type'], encryption: Connection['encryption']): boolean {
  switch (type) {
    case 'hostssl':
      return encryption === 'tls';
    case 'hostnossl':
      return encryption !== 'tls';
    case 'hostgssenc':
      return encryption === 'gss';
    case 'hostnogssenc':
      return encryption !== 'gss';
    default:
      return true;
  }
}

/** `check_network_data`, `check_hostname` and `check_same_host_or_net` of `hba.c`. Of the server's own interfaces only loopback is known. */
function addressMatches(address: RecordAddress, connection: Connection): boolean {
  const client = numericAddress(connection.address ?? '');
  switch (address.kind) {
    case 'all':
      return true;
    case 'network':
      return (
        client?.family === address.address.family && ((client.bits ^ address.address.bits) & address.mask.bits) === 0n
      );
    case 'name': {
      const host = connection.hostname?.toLowerCase();
      const name = address.name.toLowerCase();
      return host !== undefined && (name.startsWith('.') ? host.endsWith(name) : host === name);
    }
    default:
      return (
        client !== undefined &&
        isLoopback(client) &&
        (address.kind === 'samenet' || client.family === 6 || client.bits === 0x7f000001n)
      );
  }
}

const keyword = (token: Token, word: string) => !token.quoted && token.text === word;

function expressionMatches(token: Token, text: string, major: number): boolean | undefined {
  if (!isExpression(token.text, major)) return undefined;
  let expression = expressions.get(token);
  if (expression === undefined) {
    expression = expressionOf(token.text.slice(1)) ?? { test: () => false };
    expressions.set(token, expression);
  }
  return expression.test(text);
}

/** Compiled regular expressions by token, because a token is compared with many connections. */
const expressions = new WeakMap<Token, Expression>();

/** `check_db` of `hba.c`: physical replication matches only the keyword `replication`, and nothing else matches it. */
function databaseMatches(token: Token, { database, user, roles, replication }: Connection, major: number): boolean {
  if (replication) return keyword(token, 'replication');
  if (keyword(token, 'all')) return true;
  if (keyword(token, 'sameuser')) return database === user;
  if (keyword(token, 'samegroup') || keyword(token, 'samerole')) return user === database || roles.includes(database);
  if (keyword(token, 'replication')) return false;
  return expressionMatches(token, database, major) ?? token.text === database;
}

/** `check_role` of `hba.c`. */
function userMatches(token: Token, { user, roles }: Connection, major: number): boolean {
  if (!token.quoted && token.text.startsWith('+')) {
    const group = token.text.slice(1);
    return user === group || roles.includes(group);
  }
  if (keyword(token, 'all')) return true;
  return expressionMatches(token, user, major) ?? token.text === user;
}

/** The exact message of the version (`ClientAuthentication` in `auth.c`). */
function refusalText(kind: 'no-entry' | 'reject', connection: Connection, major: number): string {
  const { transport, address, user, database, logical } = connection;
  // Before 14, the message for logical replication says "replication connection" too and omits the database.
  const replication = connection.replication || (logical === true && major < 14);
  const host = transport === 'local' ? '[local]' : hostText(address ?? '');
  const start =
    kind === 'reject'
      ? `pg_hba.conf rejects ${replication ? 'replication connection' : 'connection'} for host "${host}", user "${user}"`
      : `no pg_hba.conf entry for ${replication ? 'replication connection from ' : ''}host "${host}", user "${user}"`;
  return `${start}${replication ? '' : `, database "${database}"`}, ${encryptionWords(connection.encryption, major)}`;
}

function encryptionWords(encryption: Connection['encryption'], major: number): string {
  if (encryption === 'gss' && major >= 12) return 'GSS encryption';
  if (major < 14) return encryption === 'tls' ? 'SSL on' : 'SSL off';
  return encryption === 'tls' ? 'SSL encryption' : 'no encryption';
}
