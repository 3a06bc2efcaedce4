import { atRecord } from '../../audit/rule.ts';
import { INSTEAD_OF_RADIUS } from '../../audit/rules/radius-removed.ts';
import { linesRefused } from '../../audit/upgrade-stops.ts';
import type { Hba, RefusedLine } from '../../postgres/hba/hba.ts';
import { hasMethod, METHODS, type Method } from '../../postgres/hba/record.ts';
import { lineFix } from '../line-fix.ts';
import { RELEASE_NOTES, type UpgradeRule } from '../rule.ts';

export const ruleRejected: UpgradeRule = {
  id: 'upgrade-rule-rejected',
  severity: 'critical',
  title: 'The target version rejects a rule of pg_hba.conf',
  why: 'With one rule that it rejects, PostgreSQL loads nothing of pg_hba.conf, so the server does not start.',
  references: [
    { title: 'PostgreSQL manual, pg_hba.conf', url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html' },
    RELEASE_NOTES,
  ],
  *check({ hba, to }) {
    if (!hba) return;
    for (const refused of linesRefused(hba.before, hba.after)) {
      const said = refused.error === null ? '' : `: ${refused.error}`;
      yield atRecord(
        refused,
        `PostgreSQL ${to} rejects this rule${said}. ${advice(hba.before, refused, to)}`,
        lineFix(hba.before, refused, to),
      );
    }
  },
};

/** What to write instead. */
function advice(hba: Hba, { file, line }: RefusedLine, to: number): string {
  const record = hba.records.find((placed) => placed.line === line && placed.file === file)?.record;
  if (record && !hasMethod(record.method, to)) {
    const keep = record.method === 'radius' ? ` ${INSTEAD_OF_RADIUS}` : '';
    return `Use another authentication method: ${instead(record.method)}.${keep}`;
  }
  return 'Rewrite the rule, and check the file with pg_hba_file_rules before you restart.';
}

/** Methods that ask the client for the same thing. */
function instead(method: Method): string {
  const wanted: readonly Method[] = method === 'oauth' ? ['ldap', 'scram-sha-256'] : ['ldap', 'pam', 'scram-sha-256'];
  return METHODS.filter((one) => wanted.includes(one)).join(', ');
}
