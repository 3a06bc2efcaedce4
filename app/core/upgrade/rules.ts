import type { UpgradeRule } from './rule.ts';
import { fileNotOpened } from './rules/file-not-opened.ts';
import { loggedDifferently } from './rules/logged-differently.ts';
import { otherDefault } from './rules/other-default.ts';
import { renamedSetting } from './rules/renamed-setting.ts';
import { ruleReadDifferently } from './rules/rule-read-differently.ts';
import { ruleRejected } from './rules/rule-rejected.ts';
import { settingRejected } from './rules/setting-rejected.ts';
import { unknownSetting } from './rules/unknown-setting.ts';
import { valueReadDifferently } from './rules/value-read-differently.ts';

/** In the order of the report. */
export const upgradeRules: readonly UpgradeRule[] = [
  ruleRejected,
  unknownSetting,
  settingRejected,
  ruleReadDifferently,
  valueReadDifferently,
  otherDefault,
  renamedSetting,
  fileNotOpened,
  loggedDifferently,
];
