import {
  type Connection,
  type Decision,
  decide,
  type Outcome,
  type Place,
  type Skip,
} from '../../hba-analysis/decide.ts';
import { type Message, say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { isLoopback } from '../../net/loopback.ts';
import type { Conf } from '../../postgres/conf/conf.ts';
import { listensOn } from '../../postgres/conf/facts.ts';
import { numericAddress } from '../../postgres/hba/address.ts';
import type { Hba, RefusedLine } from '../../postgres/hba/hba.ts';
import { rawLines } from '../../postgres/hba/lines.ts';
import { type SideFiles, sideFile } from '../../postgres/side-files.ts';
import { type PassedOver, passedOver } from '../passed-over.ts';
import { type PsqlAnswer, whatPsqlPrints, whatPsqlPrintsOutside } from '../psql.ts';
import { databaseHop, methodHop, roleHop } from './beyond.ts';
import { addressHop, filterHops, targetIn } from './filters.ts';
import type { Hop, HopKind } from './hop.ts';
import { type ServerSocket, serverSocketOf, socketHop, tlsHop } from './socket.ts';

/** The files and the plan that a connection is checked against. */
export interface Ground {
  readonly hba: Hba;
  /** Files that pg_hba.conf includes, to show the text of their records. */
  readonly files: SideFiles;
  /** Absent if no postgresql.conf is given. */
  readonly conf?: Conf;
  /** The plan that the files are generated from, if any. */
  readonly model?: AccessModel;
}

export interface FollowOptions {
  /** The `-h` argument of the client: a name, an address, or empty. */
  readonly to: string;
  /** The major of psql. */
  readonly clientMajor: number;
}

/** A record above the one that decided. */
export interface PassedRecord extends PassedOver {
  readonly field: Skip['field'];
  /** As written in its file. */
  readonly record: string;
}

/** What psql does with one sslmode, and which record allows the attempt, if one does. */
export interface PsqlRow extends Pick<PsqlAnswer, 'sslmode' | 'ends' | 'lines'> {
  readonly by?: Place;
  readonly method?: string;
}

/** The path of one connection, from the client to its database. */
export interface Path {
  readonly connection: Connection;
  /** Lines for which the server rejects the file; it then keeps using the previous one. The path ignores them. */
  readonly refused: readonly RefusedLine[];
  readonly hops: readonly Hop[];
  /** The first hop that stops it. */
  readonly stopped?: HopKind;
  readonly outcome: Outcome;
  /** The record that matched, as written in its file. */
  readonly record?: string;
  /** Up to a limit, in the order of the file. */
  readonly passed: readonly PassedRecord[];
  readonly passedCount: number;
  readonly psql: readonly PsqlRow[];
  /** What the psql output assumes. */
  readonly assumes: readonly Message[];
}

/** More than anyone reads, and few enough to transfer. */
const MOST_PASSED = 2000;
const MOST_REFUSED = 20;

/** Follows a connection through every layer that the given files, or the plan, describe. */
export function follow(connection: Connection, ground: Ground, { to, clientMajor }: FollowOptions): Path {
  const { hba, files, conf, model } = ground;
  const decision = decide(hba, connection);
  const target = targetIn(to, connection, model);
  const server = serverSocketOf(conf);
  const recordIs = rawRecords(hba, files);
  const hops: readonly Hop[] = [
    addressHop(connection, model),
    ...filterHops(connection, target, model),
    socketHop(connection, target, server),
    ...tlsHop(connection, server),
    recordHop(decision, hba),
    ...methodHop(decision),
    roleHop(connection, model),
    ...databaseHop(connection, model),
  ];
  const stopped = hops.find(({ verdict }) => verdict === 'stops')?.kind;
  const { skipped, ...outcome } = decision;
  const record = outcome.outcome === 'record' ? recordIs(outcome) : undefined;
  const host = to === '' ? usualHost(connection, server) : to;
  const options = { clientMajor, host, ...(target === '' ? {} : { address: target }), port: server.port };
  const outside =
    stopped === 'cloud' || stopped === 'firewall' ? 'timeout' : stopped === 'socket' ? 'refused' : undefined;
  const answers = outside
    ? whatPsqlPrintsOutside(outside, connection, options)
    : whatPsqlPrints(hba, connection, { ...options, ssl: server.ssl ?? true });
  return {
    connection,
    refused: hba.refused.slice(0, MOST_REFUSED),
    hops,
    ...(stopped === undefined ? {} : { stopped }),
    outcome,
    ...(record === undefined ? {} : { record }),
    passed: skipped.slice(0, MOST_PASSED).flatMap((skip, index) => {
      const placed = hba.records[index];
      return placed ? [{ ...passedOver(placed, skip, connection), field: skip.field, record: recordIs(placed) }] : [];
    }),
    passedCount: skipped.length,
    psql: answers.map(psqlRow),
    assumes: [
      ...(connection.transport === 'tcp' ? hostAssumptions(to, host, target) : []),
      ...(outside ? [] : assumptions(connection, hops, server.ssl)),
    ],
  };
}

/** A plausible `-h` argument: the socket directory, a listening address, or else an example. */
function usualHost({ transport, address = '' }: Connection, { directory, settings }: ServerSocket): string {
  if (transport === 'local') return directory;
  const client = numericAddress(address);
  if (client && isLoopback(client)) return client.family === 4 ? '127.0.0.1' : '::1';
  const own = listensOn(settings)?.find((entry) => {
    const listened = numericAddress(entry);
    return (
      listened?.family === client?.family && listened !== undefined && listened.bits !== 0n && !isLoopback(listened)
    );
  });
  return own ?? (client?.family === 6 ? '2001:db8::5' : '192.0.2.5');
}

function recordHop(decision: Decision, { records }: Hba): Hop {
  if (decision.outcome === 'record') {
    const count = decision.skipped.length;
    return {
      kind: 'record',
      verdict: 'passes',
      says: [count === 0 ? say('path.record.caught') : say('path.record.caughtAfter', { count })],
      at: { file: decision.file ?? 'pg_hba.conf', line: decision.line },
    };
  }
  const { message } = decision;
  const says =
    records.length === 0
      ? say('path.record.empty', { message })
      : say('path.record.none', { message, count: records.length });
  return { kind: 'record', verdict: 'stops', says: [says] };
}

function psqlRow({ sslmode, ends, lines, attempts }: PsqlAnswer): PsqlRow {
  const last = attempts.at(-1)?.decision;
  if (ends === 'refused' || last?.outcome !== 'record') return { sslmode, ends, lines };
  const { line, file, method } = last;
  return { sslmode, ends, lines, by: file === undefined ? { line } : { line, file }, method };
}

function hostAssumptions(to: string, host: string, target: string): Message[] {
  if (to === '') return [say('path.assumes.host', { host })];
  return numericAddress(target) ? [] : [say('path.assumes.name', { to })];
}

function assumptions({ transport }: Connection, hops: readonly Hop[], ssl: boolean | undefined): Message[] {
  const open = (kind: HopKind) =>
    hops.some((hop) => hop.kind === kind && (hop.verdict === 'unknown' || hop.verdict === 'depends'));
  return [
    ...(open('cloud') || open('firewall') ? [say('path.assumes.filter')] : []),
    ...(open('socket') ? [say('path.assumes.socket')] : []),
    ...(ssl === undefined && transport === 'tcp' ? [say('path.assumes.ssl')] : []),
    ...(transport === 'local' ? [say('path.assumes.local')] : []),
  ];
}

/** The text of a record in its file, without its line end. */
export function rawRecords({ lines, major }: Hba, files: SideFiles): (place: Place) => string {
  const texts = new Map<string | undefined, ReadonlyMap<number, string>>([
    [undefined, new Map(lines.map(({ number, raw }) => [number, raw]))],
  ]);
  return ({ line, file }) => {
    let text = texts.get(file);
    if (!text && file !== undefined) {
      text = new Map([...rawLines(sideFile(files, file) ?? '', major)].map(({ number, raw }) => [number, raw]));
      texts.set(file, text);
    }
    return text?.get(line)?.trim().slice(0, LONGEST_SHOWN) ?? '';
  };
}

const LONGEST_SHOWN = 500;
