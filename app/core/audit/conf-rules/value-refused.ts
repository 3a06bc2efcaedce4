import { settingOf } from '../../postgres/conf/catalogue.ts';
import { effectiveSettings } from '../../postgres/conf/conf.ts';
import { valueProblem } from '../../postgres/conf/value.ts';
import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

/** Units as PostgreSQL writes them; it tells upper from lower case here. */
const UNITS = ['kB', 'MB', 'GB', 'TB', 'ms', 'min', 's', 'h', 'd'];

export const valueRefused: ConfRule = {
  id: 'value-refused',
  severity: 'critical',
  title: 'A value that the server refuses',
  why: 'The type, the range and the units of every setting are fixed. With one wrong value the server does not start; on a reload the old value stays.',
  wrong: "work_mem = '4mb'",
  right: "work_mem = '4MB'",
  references: [
    {
      title: 'PostgreSQL manual, Parameter Names and Values',
      url: 'https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES',
    },
  ],
  *check({ conf, major }) {
    for (const setting of effectiveSettings(conf).values()) {
      const known = settingOf(setting.name, major);
      const problem = known && valueProblem(known, setting.value, major);
      if (!known || problem === undefined) continue;
      const better = UNITS.map((unit) => setting.value.replace(new RegExp(`${unit}$`, 'i'), unit)).find(
        (value) => value !== setting.value && valueProblem(known, value, major) === undefined,
      );
      yield atSetting(
        setting,
        `${setting.name} does not take ${setting.value === '' ? 'an empty value' : setting.value}: ${problem}.`,
        ...(better === undefined ? [] : rewritten(conf, setting, { value: `'${better}'` }, `Write ${better}`)),
      );
    }
  },
};
