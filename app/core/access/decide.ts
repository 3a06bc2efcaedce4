import { dottedNumber, numericAddress, numericText } from '../postgres/hba/address.ts';
import { type Expression, expressionOf } from '../postgres/hba/expression.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import type { HbaRecord, Method, RecordAddress } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';

/** One attempt to connect, as pg_hba.conf sees it. */
export interface Connection {
  readonly transport: 'local' | 'tcp';
  readonly encryption: 'none' | 'tls' | 'gss';
  /** Numeric; absent for the local socket. */
  readonly address?: string;
  /** The name that reverse and forward lookup of the address agree on, if any. */
  readonly hostname?: string;
  readonly database: string;
  readonly user: string;
  /** Every role that the user is a member of, directly or not. */
  readonly roles: readonly string[];
  /** Physical replication; a logical one names a database and counts as any other. */
  readonly replication: boolean;
}

/** The field of a record that did not match, in the order in which the server looks. */
export type SkipField = 'type' | 'encryption' | 'address' | 'database' | 'user';

export interface Skip extends Place {
  readonly field: SkipField;
}

/** Where a record stands. `file` is the included file that holds it; absent for the main file. */
export interface Place {
  readonly line: number;
  readonly file?: string;
}

/** What becomes of a connection. `message` is what PostgreSQL tells the client, without `FATAL:`, where it refuses here. */
export type Outcome =
  | (Place & {
      readonly outcome: 'record';
      readonly method: Method;
      readonly options: readonly string[];
      readonly message?: string;
    })
  | { readonly outcome: 'no-entry'; readonly message: string };

/** The outcome, and for each record above it the first field that did not match. */
export type Decision = Outcome & { readonly skipped: readonly Skip[] };

/**
 * Which record catches the connection: the first that matches in every field. Assumes the file is the one in force. Goes
 * through the file once; `decider` is for many connections to one file.
 */
export function decide(hba: Hba, connection: Connection): Decision {
  const placed = hba.records.find(({ record }) => mismatch(record, connection, hba.major) === undefined);
  return decisionOf(placed, hba, connection);
}

/** The same of a record that is known to catch the connection. Why the others do not is found out when it is asked for. */
export const decisionOf = (placed: PlacedRecord | undefined, hba: Hba, connection: Connection): Decision => ({
  ...outcomeOf(placed, connection, hba.major),
  get skipped() {
    return skipsOf(hba.records, connection, hba.major);
  },
});

/** The records up to the first that matches, each with the field that did not. */
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

/** What a record says to the connection that it catches, or the lack of one. */
function outcomeOf(placed: PlacedRecord | undefined, connection: Connection, major: number): Outcome {
  if (!placed) return { outcome: 'no-entry', message: refusalText('no-entry', connection, major) };
  const { method, options } = placed.record;
  const decision = { outcome: 'record', ...placeOf(placed), method, options } as const;
  return method === 'reject' ? { ...decision, message: refusalText('reject', connection, major) } : decision;
}

/** The first field of a record that a connection does not match; undefined where it matches in all. */
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

/** `check_network_data` and its kin. What the server's own interfaces are is not known here: loopback is taken for one. */
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
        (client?.family === 6 && client.bits === 1n) ||
        (client?.family === 4 &&
          (address.kind === 'samenet' ? client.bits >> 24n === 127n : client.bits === 0x7f000001n))
      );
  }
}

const keyword = (token: Token, word: string) => !token.quoted && token.text === word;

function expressionMatches(token: Token, text: string, major: number): boolean | undefined {
  if (major < 16 || !token.text.startsWith('/')) return undefined;
  let expression = expressions.get(token);
  if (expression === undefined) {
    expression = expressionOf(token.text.slice(1)) ?? { test: () => false };
    expressions.set(token, expression);
  }
  return expression.test(text);
}

/** The same token is tried on many connections. */
const expressions = new WeakMap<Token, Expression>();

/** `check_db` of `hba.c`: physical replication matches the keyword alone, and no other connection does. */
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

/** The exact words of the major (`auth.c`, `ClientAuthentication`). */
function refusalText(kind: 'no-entry' | 'reject', connection: Connection, major: number): string {
  const { transport, address, user, database, replication } = connection;
  const host = transport === 'local' ? '[local]' : hostText(address ?? '');
  const start =
    kind === 'reject'
      ? `pg_hba.conf rejects ${replication ? 'replication connection' : 'connection'} for host "${host}", user "${user}"`
      : `no pg_hba.conf entry for ${replication ? 'replication connection from ' : ''}host "${host}", user "${user}"`;
  return `${start}${replication ? '' : `, database "${database}"`}, ${encryptionWords(connection.encryption, major)}`;
}

function hostText(address: string): string {
  if (dottedNumber(address) >= 0) return address;
  const client = numericAddress(address);
  return client ? numericText(client) : address;
}

function encryptionWords(encryption: Connection['encryption'], major: number): string {
  if (encryption === 'gss' && major >= 12) return 'GSS encryption';
  if (major < 14) return encryption === 'tls' ? 'SSL on' : 'SSL off';
  return encryption === 'tls' ? 'SSL encryption' : 'no encryption';
}
