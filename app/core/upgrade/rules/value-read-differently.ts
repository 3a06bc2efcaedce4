import { atSetting } from '../../audit/rule.ts';
import { rewritten } from '../../audit/setting-text.ts';
import { settingOf } from '../../postgres/conf/catalogue.ts';
import { effectiveSettings } from '../../postgres/conf/conf.ts';
import { withUnit } from '../../postgres/conf/defaults.ts';
import { settingNumber, valueProblem } from '../../postgres/conf/value.ts';
import type { UpgradeRule } from '../rule.ts';

export const valueReadDifferently: UpgradeRule = {
  id: 'upgrade-value-read-differently',
  severity: 'low',
  title: 'The target version rounds a value differently',
  why: 'Before PostgreSQL 12, a number is converted to the unit of its setting without its remainder. Later versions round it.',
  references: [
    {
      title: 'PostgreSQL manual, Parameter Names and Values',
      url: 'https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES',
    },
  ],
  *check({ conf, from, to }) {
    if (!conf) return;
    for (const setting of effectiveSettings(conf.before).values()) {
      const [now, there] = [settingOf(setting.name, from), settingOf(setting.name, to)];
      if (!now || !there || valueProblem(now, setting.value, from) || valueProblem(there, setting.value, to)) continue;
      const [before, after] = [settingNumber(now, setting.value, from), settingNumber(there, setting.value, to)];
      if (before === undefined || after === undefined || before === after) continue;
      const [old, other] = [before, after].map((number) => withUnit(String(number), there.unit));
      yield atSetting(
        setting,
        `PostgreSQL ${from} reads ${setting.name} = ${setting.value} as ${old}, PostgreSQL ${to} as ${other}.`,
        rewritten(conf.before, setting, { value: old ?? '' }, `Write ${old}`)[0],
      );
    }
  },
};
