import { atRecord, atSetting } from '../../audit/rule.ts';
import type { UpgradeRule } from '../rule.ts';

export const fileNotOpened: UpgradeRule = {
  id: 'upgrade-file-not-opened',
  severity: 'info',
  title: 'An included file is missing here',
  why: 'Its lines are not compared. A setting that no open file sets may be set there, so defaults are not compared either if a file of postgresql.conf is missing. From PostgreSQL 16 on, a file that pg_hba.conf names and that does not exist keeps the server from starting.',
  references: [
    {
      title: 'PostgreSQL manual, Configuration File Includes',
      url: 'https://www.postgresql.org/docs/current/config-setting.html#CONFIG-INCLUDES',
    },
  ],
  *check({ hba, conf }) {
    for (const refused of hba?.after.refused ?? [])
      if (refused.error?.startsWith('could not open')) yield atRecord(refused, `Open this file too: ${refused.error}.`);
    for (const problem of conf?.after.problems ?? [])
      if (problem.error.startsWith('could not open')) yield atSetting(problem, `Open this file too: ${problem.error}.`);
  },
};
