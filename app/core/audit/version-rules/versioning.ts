import type { Conf } from '../../postgres/conf/conf.ts';
import type { Hba } from '../../postgres/hba/hba.ts';
import { MAJORS } from '../../postgres/release.ts';
import type { Reference } from '../rule.ts';
import { upgradeStops } from '../upgrade-stops.ts';

export const VERSIONING: Reference = {
  title: 'PostgreSQL Versioning Policy',
  url: 'https://www.postgresql.org/support/versioning/',
};

/** More lines than these are counted. */
const SHOWN = 3;

/** The upgrade that fixes it, and what in these files stops it. */
export function whatStops(hba: Hba | undefined, conf: Conf | undefined, major: number): string {
  const target = MAJORS.at(-1) ?? major;
  const stops = upgradeStops(hba, conf, major, target);
  const fix = `Upgrade to PostgreSQL ${target}; pg_upgrade --check says what stops the upgrade in the databases.`;
  if (stops.length === 0) return `${fix} Nothing in these files stops it.`;
  const lines = stops.slice(0, SHOWN).map(({ file, line, reason }) => `${file}, line ${line} (${reason})`);
  const more = stops.length > SHOWN ? `, and ${stops.length - SHOWN} more` : '';
  return `${fix} With these files PostgreSQL ${target} doesn't start: ${lines.join('; ')}${more}.`;
}
