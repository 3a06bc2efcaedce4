import { lifetimeOf } from '../../postgres/conf/catalogue.ts';
import { suggestSetting } from '../../postgres/conf/suggest.ts';
import { retiredSetting } from '../retired-settings.ts';
import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

export const unknownSetting: ConfRule = {
  id: 'unknown-setting',
  severity: 'high',
  title: 'Unknown setting',
  why: 'A single unknown setting name keeps the server from starting, and makes a reload change nothing. Names that contain a dot belong to extensions and are accepted.',
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
      if (name.includes('.') || lifetimeOf(name) || retiredSetting(name) !== undefined) continue;
      const meant = suggestSetting(name, major);
      yield atSetting(
        setting,
        `PostgreSQL ${major} has no setting ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
        ...(meant === undefined ? [] : rewritten(conf, setting, { name: meant }, `Change to ${meant}`)),
      );
    }
  },
};
