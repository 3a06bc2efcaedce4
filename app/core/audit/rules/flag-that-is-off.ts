import { atRecord, type HbaRule } from '../rule.ts';
import { writtenOptions } from '../written-options.ts';

const FLAGS: ReadonlySet<string> = new Set([
  'include_realm',
  'compat_realm',
  'upn_username',
  'ldaptls',
  'pam_use_hostname',
  'delegate_ident_mapping',
]);

export const flagThatIsOff: HbaRule = {
  id: 'flag-that-is-off',
  severity: 'medium',
  title: 'An option that is off',
  why: 'Boolean options are on only with the value 1. The values yes, true and on turn them off, without a warning.',
  wrong: 'hostgssenc all all 10.0.0.0/8 gss include_realm=true',
  right: 'hostgssenc all all 10.0.0.0/8 gss include_realm=1',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records) {
      for (const [name, value] of writtenOptions(hba, placed)) {
        if (FLAGS.has(name) && value !== '1' && value !== '0')
          yield atRecord(
            placed,
            `${name}=${value} is off: only 1 turns it on, and PostgreSQL treats every other value as 0 without a warning.`,
          );
      }
    }
  },
};
