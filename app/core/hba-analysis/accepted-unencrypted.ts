import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import { compareAccess } from './compare.ts';
import type { Place } from './decide.ts';

/** More than these are not named. */
const PLACES = 5;

/**
 * Rules that accept unencrypted connections which others no longer match, because an edit made those require TLS. If
 * rejecting the connections right there would change anything, a later rule accepts some.
 */
export function acceptedUnencrypted(before: Hba, after: Hba): Place[] {
  const requiresNow = ({ file, line, record }: PlacedRecord): boolean => {
    const was = before.records.find((placed) => placed.file === file && placed.line === line)?.record.type;
    return record.type === 'hostssl' && (was === 'host' || was === 'hostnogssenc');
  };
  const records = after.records.flatMap((placed) => (requiresNow(placed) ? [placed, rejectRest(placed)] : [placed]));
  if (records.length === after.records.length) return [];
  const accepting = compareAccess(after, { ...after, records }).flatMap((change): Place[] =>
    change.kind === 'closed' && change.connections.includes('none') && change.before.outcome === 'record'
      ? [change.before]
      : [],
  );
  const places = accepting.map(
    ({ line, file }) => [`${file} ${line}`, { line, ...(file !== undefined && { file }) }] as const,
  );
  return [...new Map(places).values()].slice(0, PLACES);
}

/** The rejection of what has the same source, databases and users without TLS. */
function rejectRest({ record, ...place }: PlacedRecord): PlacedRecord {
  const { databases, users, address } = record;
  return {
    ...place,
    record: { type: 'hostnossl', databases, users, address, method: 'reject', options: [], remark: null },
  };
}
