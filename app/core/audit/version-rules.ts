import type { VersionRule } from './rule.ts';
import { supportEndsSoon } from './version-rules/support-ends-soon.ts';
import { unsupportedVersion } from './version-rules/unsupported-version.ts';

/** Every rule about the server's version. */
export const versionRules: readonly VersionRule[] = [unsupportedVersion, supportEndsSoon];
