import { type Connection, type Decision, decide, type Place } from '../../hba-analysis/decide.ts';
import { type Placement, placeRecord } from '../../hba-analysis/placement.ts';
import { effectiveSettings, parseConf } from '../../postgres/conf/conf.ts';
import { numericAddress } from '../../postgres/hba/address.ts';
import { type Hba, type ParseHbaOptions, parseHba } from '../../postgres/hba/hba.ts';
import { type PassedOver, passedOver } from '../passed-over.ts';
import type { Refusal } from './refusal.ts';
import { smallestRule } from './smallest-rule.ts';

/** A change that lets one client connect, and no other. None where the file is not in force or the server has no TLS. */
export type Remedy =
  /** The file allows it over TLS, by the record at `by`. `serverToo`: ssl is off in postgresql.conf. */
  | { readonly kind: 'client-tls'; readonly by: Place; readonly serverToo: boolean }
  /** One record for one role, database and address, for connections over TLS, at the line where it takes effect. */
  | { readonly kind: 'record'; readonly record: string; readonly placement: Placement; readonly serverToo: boolean };

/** A rejection compared with the file. */
export interface AgainstFile {
  readonly refusal: Refusal;
  readonly connection: Connection;
  readonly decision: Decision;
  /** False: this file would not have caused this rejection, so the server uses a different one. */
  readonly agrees: boolean;
  /** A line of the file is invalid, so an older file is in force. */
  readonly invalid: boolean;
  /** One or two sentences. */
  readonly verdict: string;
  /** Each record above the decisive one, up to a limit, and why it did not match. */
  readonly passed: readonly PassedOver[];
  /** The first record below the decisive one that would have let the client try; it has no effect at its position. */
  readonly below?: Place;
  readonly remedy?: Remedy;
}

export interface Files extends ParseHbaOptions {
  /** pg_hba.conf. */
  readonly hba: string;
  /** postgresql.conf. */
  readonly conf?: string;
  /** Every role that the user is a member of. */
  readonly roles?: readonly string[];
}

/** Maximum number of reasons, as many as a reader can use. */
const MOST_REASONS = 200;

/** Which line rejected the connection and why the others did not match; undefined if the message lacks the details. */
export function againstFile(refusal: Refusal, files: Files): AgainstFile | undefined {
  const connection = connectionOf(refusal, files.roles ?? []);
  if (!connection) return undefined;
  const hba = parseHba(files.hba, files);
  const decision = decide(hba, connection);
  const invalid = hba.refused.length > 0;
  const agrees =
    !invalid &&
    (decision.outcome === 'record'
      ? decision.method === 'reject' && refusal.kind === 'reject'
      : refusal.kind === 'no-entry');
  const below = firstBelow(hba, decision, connection);
  const withoutTls = refusal.host !== '[local]' && refusal.encryption === undefined;
  const remedy =
    letsIn(decision) || (!agrees && !invalid) || withoutTls ? undefined : remedyFor(hba, connection, files);
  return {
    refusal,
    connection,
    decision,
    agrees,
    invalid,
    verdict: verdictOf(hba, decision, agrees),
    passed: decision.skipped.slice(0, MOST_REASONS).flatMap((skip, index) => {
      const placed = hba.records[index];
      return placed ? [passedOver(placed, skip, connection)] : [];
    }),
    ...(below ? { below } : {}),
    ...(remedy ? { remedy } : {}),
  };
}

const letsIn = (decision: Decision): boolean => decision.outcome === 'record' && decision.method !== 'reject';

function connectionOf(
  { host, user, database = '', replication, encryption }: Refusal,
  roles: readonly string[],
): Connection | undefined {
  const about = { user, database, roles, replication };
  if (host === '[local]') return { ...about, transport: 'local', encryption: 'none' };
  if (!numericAddress(host)) return undefined;
  // A server that is built without TLS does not mention encryption (auth.c).
  return { ...about, transport: 'tcp', encryption: encryption ?? 'none', address: host };
}

function verdictOf(hba: Hba, decision: Decision, agrees: boolean): string {
  const [wrong] = hba.refused;
  if (wrong)
    return `PostgreSQL rejects this file because of line ${wrong.line}, so an older one is in force. Fix that line first.`;
  const where = decision.outcome === 'record' ? placeText(decision) : '';
  if (agrees)
    return decision.outcome === 'record'
      ? `${where} says reject, and it is the first rule that matches.`
      : 'No rule in this file matches the connection.';
  if (decision.outcome === 'no-entry')
    return 'This file has no rule for the connection, but the server reported a reject rule. Another file is in force.';
  return decision.method === 'reject'
    ? `${where} of this file rejects the connection, but the server reported that no entry matches. Another file is in force.`
    : `${where} of this file allows the connection, with ${decision.method}. So the server has not loaded this file: check \`SHOW hba_file\`, reload, and read the log.`;
}

const placeIn = ({ line, file }: Place): Place => (file === undefined ? { line } : { line, file });

const placeText = ({ line, file }: Place): string => `Line ${line}${file === undefined ? '' : ` of ${file}`}`;

function firstBelow(hba: Hba, decision: Decision, connection: Connection): Place | undefined {
  if (decision.outcome !== 'record') return undefined;
  const records = hba.records.slice(decision.skipped.length + 1).filter(({ record }) => record.method !== 'reject');
  const later = decide({ ...hba, records }, connection);
  return later.outcome === 'record' ? placeIn(later) : undefined;
}

/** TLS in the client if the file already has a record for that, else one record; each verified with `decide`. */
function remedyFor(hba: Hba, connection: Connection, files: Files): Remedy | undefined {
  const serverToo = files.conf !== undefined && !tlsIsOn(files.conf, files.major);
  const overTls: Connection = connection.transport === 'tcp' ? { ...connection, encryption: 'tls' } : connection;
  const withTls = decide(hba, overTls);
  if (connection.encryption !== 'tls' && withTls.outcome === 'record' && letsIn(withTls))
    return { kind: 'client-tls', by: placeIn(withTls), serverToo };
  const record = smallestRule(connection, hba.major);
  const placement = record === undefined ? undefined : placeRecord(files.hba, record, files);
  if (record === undefined || !placement || 'error' in placement) return undefined;
  const after = decide(parseHba(placement.text, files), overTls);
  const works = after.outcome === 'record' && after.method === 'scram-sha-256' && after.file === undefined;
  return works
    ? { kind: 'record', record, placement, serverToo: serverToo && connection.transport === 'tcp' }
    : undefined;
}

/** `parse_bool` of bool.c: any unique beginning of on, true, yes, and 1. */
function tlsIsOn(conf: string, major: number): boolean {
  const value = effectiveSettings(parseConf(conf, { major })).get('ssl')?.value.toLowerCase() ?? 'off';
  return value === 'on' || value === '1' || (value !== '' && ('true'.startsWith(value) || 'yes'.startsWith(value)));
}
