import { settingOf } from '../../postgres/conf/catalogue.ts';
import { effectiveSettings } from '../../postgres/conf/conf.ts';
import { valueProblem } from '../../postgres/conf/value.ts';
import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

/** Units as PostgreSQL writes them; they are case-sensitive. */
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'us', 'ms', 's', 'min', 'h', 'd'];

export const valueRefused: ConfRule = {
  id: 'value-refused',
  severity: 'high',
  title: 'Invalid value',
  why: "Every setting has a fixed type, range and unit. With one invalid value the server doesn't start; on a reload it keeps the old value.",
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
      const better = UNITS.map((unit) => setting.value.replace(new RegExp(unit, 'i'), unit)).find(
        (value) => valueProblem(known, value, major) === undefined,
      );
      yield atSetting(
        setting,
        `${setting.name} doesn't accept ${setting.value === '' ? 'an empty value' : setting.value}: ${problem}.`,
        ...(better === undefined ? [] : rewritten(conf, setting, { value: `'${better}'` }, `Change to ${better}`)),
      );
    }
  },
};
