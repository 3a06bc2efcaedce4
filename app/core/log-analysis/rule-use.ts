import type { Connection } from '../hba-analysis/decide.ts';
import { decider } from '../hba-analysis/decider.ts';
import { numericAddress } from '../postgres/hba/address.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import type { LoggedRule, SeenConnection, SeenInLog } from './seen.ts';

/** How a rule of the file was used in the period of a log. */
export interface RuleUse {
  readonly line: number;
  readonly file?: string;
  /** Successful connections that it matched. */
  readonly count: number;
  /** Failed attempts that the log attributes to it. */
  readonly failed: number;
  readonly last?: string;
  readonly connections: readonly SeenConnection[];
}

/** The rules of a file with the connections of a log. */
export interface LogUse {
  /** Every rule, in file order. */
  readonly rules: readonly RuleUse[];
  /** Connections that the file would reject now, or that the log doesn't describe well enough to attribute. */
  readonly unattributed: readonly SeenConnection[];
  /** The log names a rule that isn't at that line of this file: the file has changed since, or another one was in force. */
  readonly moved: number;
}

/**
 * Attributes each connection to the rule that the log names, if this file has one with the same method at that line,
 * and else to the first rule that matches it. Role memberships aren't in a log, so a rule for `+role` is found only by
 * its line.
 */
export function ruleUse(
  hba: Hba,
  { connections, failedRules }: Pick<SeenInLog, 'connections' | 'failedRules'>,
): LogUse {
  const decides = decider(hba);
  const used = new Map<PlacedRecord, SeenConnection[]>();
  const unattributed: SeenConnection[] = [];
  let moved = 0;
  for (const seen of connections) {
    const logged = seen.rule && loggedRecord(hba, seen.rule, seen.method);
    if (seen.rule && !logged) moved += seen.count;
    const connection = connectionOf(seen);
    const record = logged ?? (connection && decides(connection));
    if (!record || record.record.method === 'reject') unattributed.push(seen);
    else used.set(record, [...(used.get(record) ?? []), seen]);
  }
  return {
    rules: hba.records.map((placed): RuleUse => {
      const own = used.get(placed) ?? [];
      const last = own
        .map((seen) => seen.last ?? '')
        .toSorted()
        .at(-1);
      return {
        line: placed.line,
        ...(placed.file === undefined ? {} : { file: placed.file }),
        count: own.reduce((sum, { count }) => sum + count, 0),
        failed: failedOf(hba, placed, failedRules),
        ...(last === undefined || last === '' ? {} : { last }),
        connections: own,
      };
    }),
    unattributed,
    moved,
  };
}

/** The engine's form of a seen connection; undefined if the log doesn't name the address as a number. */
export function connectionOf({
  user,
  database,
  replication,
  host,
  encryption,
}: SeenConnection): Connection | undefined {
  const about = { user, database, roles: [], replication };
  if (host === '[local]') return { ...about, transport: 'local', encryption: 'none' };
  if (host === undefined || !numericAddress(host)) return undefined;
  return { ...about, transport: 'tcp', encryption, address: host };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The log names files by path, and the file given here may have been opened from anywhere: the name has to do. */
function isSameFile(hba: Hba, placed: PlacedRecord, file: string | undefined): boolean {
  if (file === undefined) return placed.file === undefined;
  if (placed.file !== undefined) return nameOf(file) === nameOf(placed.file);
  return !hba.records.some((other) => other.file !== undefined && nameOf(other.file) === nameOf(file));
}

const loggedRecord = (hba: Hba, { line, file }: LoggedRule, method: string | undefined): PlacedRecord | undefined =>
  hba.records.find(
    (placed) =>
      placed.line === line &&
      isSameFile(hba, placed, file) &&
      (method === undefined || placed.record.method === method),
  );

function failedOf(hba: Hba, placed: PlacedRecord, failedRules: SeenInLog['failedRules']): number {
  return Object.entries(failedRules).reduce((sum, [key, count]) => {
    const [, file, line] = /^(?:(.*):)?(\d+)$/.exec(key) ?? [];
    return Number(line) === placed.line && isSameFile(hba, placed, file) ? sum + count : sum;
  }, 0);
}
