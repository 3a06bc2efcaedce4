import type { HbaRecord } from '../../postgres/hba/record.ts';
import { atRecord, type HbaRule } from '../rule.ts';

/** From PostgreSQL 12 on `clientcert` takes words; before, 1 (`hba.c`, parse_hba_auth_opt). */
const asksForCertificate = ({ method, options }: HbaRecord): boolean =>
  method === 'cert' || options.some((option) => /^clientcert=(1|true|verify-ca|verify-full)$/.test(option));

export const contradictingRecord: HbaRule = {
  id: 'contradicting-record',
  severity: 'medium',
  title: 'An unreachable rule that contradicts the rules above it',
  why: 'Earlier rules match every connection that this rule matches, and decide differently. The access or the rejection that this rule promises never happens.',
  wrong: 'host all all 10.0.0.0/8 scram-sha-256\nhost all all 10.9.0.0/16 reject',
  right: 'host all all 10.9.0.0/16 reject\nhost all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba, reach }) {
    for (const [index, found] of reach().entries()) {
      const placed = hba.records[index];
      if (found.status !== 'dead' || !found.differs || !placed) continue;
      const { line, file } = found.differs;
      const other = hba.records.find((one) => one.line === line && one.file === file);
      const first = `line ${line}${file === undefined ? '' : ` of ${file}`} matches first`;
      const bypassed = asksForCertificate(placed.record) && other && !asksForCertificate(other.record);
      yield atRecord(
        placed,
        bypassed && other.record.method === placed.record.method
          ? `This rule requires a client certificate, but ${first} and doesn't, so no client is ever asked for one.`
          : `This rule says ${placed.record.method}, but ${first} and says ${other?.record.method}.`,
      );
    }
  },
};
