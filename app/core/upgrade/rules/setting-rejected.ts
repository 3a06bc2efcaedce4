import { atSetting } from '../../audit/rule.ts';
import { linesUnparsed, settingsRefused } from '../../audit/upgrade-stops.ts';
import type { UpgradeRule } from '../rule.ts';

export const settingRejected: UpgradeRule = {
  id: 'upgrade-value-rejected',
  severity: 'critical',
  title: 'The target version rejects a value',
  why: 'With one value that a setting does not accept, the server does not start. Types, ranges, units and words of settings differ between versions.',
  references: [
    {
      title: 'PostgreSQL manual, Parameter Names and Values',
      url: 'https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES',
    },
  ],
  *check({ conf, to }) {
    if (!conf) return;
    for (const { setting, kind, reason } of settingsRefused(conf.before, to))
      if (kind === 'value')
        yield atSetting(setting, `PostgreSQL ${to} rejects the value "${setting.value}". Change it: ${reason}.`);
    for (const problem of linesUnparsed(conf.before, conf.after))
      yield atSetting(problem, `PostgreSQL ${to} rejects this line: ${problem.error}.`);
  },
};
