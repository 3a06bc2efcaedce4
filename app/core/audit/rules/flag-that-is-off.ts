import { lineAt } from '../../postgres/hba/hba.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const flagThatIsOff: HbaRule = {
  id: 'flag-that-is-off',
  severity: 'warning',
  title: 'A switch that is off',
  why: 'Options that switch something take 1 for on; yes, true and on are off, and nothing says so.',
  wrong: 'hostgssenc all all 10.0.0.0/8 gss include_realm=true',
  right: 'hostgssenc all all 10.0.0.0/8 gss include_realm=1',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    for (const placed of hba.records) {
      const raw = placed.file === undefined ? (lineAt(hba, placed.line)?.raw ?? '') : '';
      const flag =
        /\b(include_realm|compat_realm|upn_username|ldaptls|pam_use_hostname|delegate_ident_mapping)="?([^\s",]*)/.exec(
          raw,
        );
      if (flag && flag[2] !== '1' && flag[2] !== '0')
        yield atRecord(
          placed,
          `${flag[1]}=${flag[2]} is off: only 1 switches it on, and every other value is taken for 0 without a word.`,
        );
    }
  },
};
