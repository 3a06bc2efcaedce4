import { atSetting } from '../../audit/rule.ts';
import { rewritten } from '../../audit/setting-text.ts';
import { settingOf } from '../../postgres/conf/catalogue.ts';
import { RELEASE_NOTES, type UpgradeRule } from '../rule.ts';

export const renamedSetting: UpgradeRule = {
  id: 'upgrade-renamed-setting',
  severity: 'info',
  title: 'A setting has a new name',
  why: 'The target version accepts the old name, but pg_settings and SHOW ALL list the new one. A later version may remove the old name.',
  references: [RELEASE_NOTES],
  *check({ conf, from, to }) {
    for (const setting of conf?.before.settings ?? []) {
      const now = settingOf(setting.name, to)?.now;
      if (!conf || now === undefined || settingOf(setting.name, from)?.now !== undefined) continue;
      yield atSetting(
        setting,
        `PostgreSQL ${to} calls ${setting.name} ${now}.`,
        rewritten(conf.before, setting, { name: now }, `Rename to ${now}`)[0],
      );
    }
  },
};
