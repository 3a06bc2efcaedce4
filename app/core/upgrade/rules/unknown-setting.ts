import { retiredSetting } from '../../audit/retired-settings.ts';
import { atSetting, type Fix } from '../../audit/rule.ts';
import { rewritten } from '../../audit/setting-text.ts';
import { settingsRefused } from '../../audit/upgrade-stops.ts';
import { olderName } from '../../postgres/conf/catalogue.ts';
import type { Conf, ConfSetting } from '../../postgres/conf/conf.ts';
import { RELEASE_NOTES, type UpgradeRule } from '../rule.ts';

export const unknownSetting: UpgradeRule = {
  id: 'upgrade-unknown-setting',
  severity: 'critical',
  title: 'The target version does not know a setting',
  why: 'A single unknown setting name keeps the server from starting. Names that contain a dot belong to extensions and are accepted.',
  references: [RELEASE_NOTES],
  *check({ conf, to }) {
    if (!conf) return;
    for (const { setting, kind, reason } of settingsRefused(conf.before, to)) {
      if (kind !== 'unknown') continue;
      const { name } = setting;
      const older = olderName(name, to);
      const replacement = retiredSetting(name);
      const instead =
        older !== undefined ? ` It is called ${older} there.` : replacement ? ` Use ${replacement} instead.` : '';
      yield atSetting(setting, `${reason}.${instead}`, fixOf(conf.before, setting, older));
    }
  },
};

function fixOf(conf: Conf, setting: ConfSetting, older: string | undefined): Fix | undefined {
  if (older !== undefined) return rewritten(conf, setting, { name: older }, `Rename to ${older}`)[0];
  if (setting.file !== undefined) return undefined;
  return {
    title: 'Delete this line',
    file: 'postgresql.conf',
    edits: [{ kind: 'delete', line: setting.line }],
    promise: { kind: 'settings', names: [setting.name.toLowerCase()] },
  };
}
