import type { Place } from '../../hba-analysis/decide.ts';
import type { Hba } from '../../postgres/hba/hba.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import { atRecord, type HbaRule } from '../rule.ts';

/** Whether a record matches every address of a family. */
const isWide = (record: HbaRecord | undefined): boolean =>
  record?.address?.kind === 'all' || networkOf(record?.address ?? null)?.length === 0;

const recordAt = ({ records }: Pick<Hba, 'records'>, { line, file }: Place): HbaRecord | undefined =>
  records.find((placed) => placed.line === line && placed.file === file)?.record;

export const deadRecord: HbaRule = {
  id: 'dead-record',
  severity: 'low',
  title: 'An unreachable rule',
  why: 'The first matching rule decides, and earlier rules match every connection that this rule matches. It has no effect.',
  wrong: 'host all all 10.0.0.0/8 scram-sha-256\nhost orders app 10.1.0.0/16 scram-sha-256',
  right: 'host orders app 10.1.0.0/16 scram-sha-256\nhost all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba, reach }) {
    for (const [index, found] of reach().entries()) {
      const placed = hba.records[index];
      if (found.status !== 'dead' || found.differs || !placed) continue;
      const lines = found.by.map(({ line, file }) => (file === undefined ? `line ${line}` : `line ${line} of ${file}`));
      const which = lines.join(' and ').replace(/^l/, 'L');
      const matched = `${which} ${lines.length > 1 ? 'together match' : 'matches'} every connection that this rule matches, with the same result.`;
      // Then the rule above is the one to restrict, and this one may be what was meant.
      const [wide] = isWide(placed.record) ? [] : found.by.filter((one) => isWide(recordAt(hba, one)));
      yield atRecord(
        placed,
        wide ? `${matched} Line ${wide.line} matches every address: restrict it, and this rule takes effect.` : matched,
        placed.file === undefined && !wide
          ? {
              title: 'Remove the rule',
              file: 'pg_hba.conf',
              edits: [{ kind: 'delete', line: placed.line }],
              promise: { kind: 'same' },
            }
          : undefined,
      );
    }
  },
};
