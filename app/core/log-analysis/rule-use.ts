import type { Connection } from '../hba-analysis/decide.ts';
import { decider } from '../hba-analysis/decider.ts';
import { numericAddress } from '../postgres/hba/address.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
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
  /** False if the log can't show that a rule was not used: no connections are logged, or more than are kept. */
  readonly conclusive: boolean;
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
 * Attributes each connection to the rule that the log names, if that rule of this file can still be its first match, and
 * else to the first rule that matches it. Role memberships aren't in a log, so a rule for `+role` is found only by its
 * line.
 */
export function ruleUse(
  hba: Hba,
  { connections, failedRules, has, truncated }: Pick<SeenInLog, 'connections' | 'failedRules' | 'has' | 'truncated'>,
): LogUse {
  const decides = decider(hba);
  const used = new Map<PlacedRecord, SeenConnection[]>();
  const unattributed: SeenConnection[] = [];
  let moved = 0;
  for (const seen of connections) {
    const connection = connectionOf(seen);
    const matching = connection && decides(connection);
    const logged = seen.rule && loggedRecord(hba, seen.rule, seen.method);
    const record = logged && isStillFirst(hba, logged, connection, matching) ? logged : matching;
    if (seen.rule && record !== logged) moved += seen.count;
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
        conclusive: has.authorized && !truncated,
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

/**
 * Whether the rule that the log names can still be the first match: it matches the connection, or only a role membership
 * or a host name could tell, and no rule above it matches. If the file has changed, another rule is at that line.
 */
function isStillFirst(
  hba: Hba,
  logged: PlacedRecord,
  connection: Connection | undefined,
  matching: PlacedRecord | undefined,
): boolean {
  if (matching === logged) return true;
  if (matching && hba.records.indexOf(matching) < hba.records.indexOf(logged)) return false;
  return connection !== undefined && dependsOnMore(logged.record);
}

/** Whether a rule can match by what neither the file nor a log shows: a role membership, or a host name. */
export const dependsOnMore = ({ users, databases, address }: HbaRecord): boolean =>
  users.some(({ text, quoted }) => !quoted && text.startsWith('+')) ||
  databases.some(({ text, quoted }) => !quoted && (text === 'samerole' || text === 'samegroup')) ||
  (address !== null && address.kind !== 'network' && address.kind !== 'all');

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
