import { lifetimeOf, settingOf } from '../../postgres/conf/catalogue.ts';
import { suggestSetting } from '../../postgres/conf/suggest.ts';
import { retiredSetting } from '../retired-settings.ts';
import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

export const unknownSetting: ConfRule = {
  id: 'unknown-setting',
  severity: 'critical',
  title: 'No setting of that name',
  why: 'One name that the server does not know keeps it from starting, and a reload then changes nothing at all. Names with a dot belong to extensions and are taken.',
  wrong: "listen_adresses = 'localhost'",
  right: "listen_addresses = 'localhost'",
  references: [
    {
      title: 'PostgreSQL manual, Setting Parameters',
      url: 'https://www.postgresql.org/docs/current/config-setting.html',
    },
  ],
  *check({ conf, major }) {
    for (const setting of conf.settings) {
      const { name } = setting;
      if (name.includes('.') || settingOf(name, major) || lifetimeOf(name) || retiredSetting(name) !== undefined)
        continue;
      const meant = suggestSetting(name, major);
      yield atSetting(
        setting,
        `PostgreSQL ${major} has no ${name}${meant === undefined ? '' : `; is ${meant} meant?`}`,
        ...(meant === undefined ? [] : rewritten(conf, setting, { name: meant }, `Write ${meant}`)),
      );
    }
  },
};
