import type { Conf } from '../../postgres/conf/conf.ts';
import { type Hba, parseAgain, printHba } from '../../postgres/hba/hba.ts';
import { MAJORS } from '../../postgres/release.ts';
import type { Reference } from '../rule.ts';
import { linesRefused, settingsRefused } from '../upgrade-stops.ts';

export const VERSIONING: Reference = {
  title: 'PostgreSQL Versioning Policy',
  url: 'https://www.postgresql.org/support/versioning/',
};

/** More lines than these are counted. */
const SHOWN = 3;

/** The upgrade that fixes it, and what in these files stops it. */
export function whatStops(hba: Hba | undefined, conf: Conf | undefined, major: number): string {
  const target = MAJORS.at(-1) ?? major;
  const stops = [...(hba ? hbaStops(hba, target) : []), ...(conf ? confStops(conf, target) : [])];
  const fix = `Upgrade to PostgreSQL ${target}; pg_upgrade --check says what stops the upgrade in the databases.`;
  if (stops.length === 0) return `${fix} Nothing in these files stops it.`;
  const lines = stops.slice(0, SHOWN);
  const more = stops.length > SHOWN ? `, and ${stops.length - SHOWN} more` : '';
  return `${fix} With these files PostgreSQL ${target} doesn't start: ${lines.join('; ')}${more}.`;
}

/** The lines of the main files with which the target doesn't start. The files that they include are not at hand. */
const hbaStops = (hba: Hba, target: number): readonly string[] =>
  linesRefused(hba, parseAgain(printHba(hba), hba, { as: target }))
    .filter(({ file }) => file === undefined)
    .map(({ line, error }) => `pg_hba.conf, line ${line} (${error ?? 'PostgreSQL rejects this line'})`);

const confStops = (conf: Conf, target: number): readonly string[] =>
  settingsRefused(conf, target)
    .filter(({ setting }) => setting.file === undefined)
    .map(({ setting, reason }) => `postgresql.conf, line ${setting.line} (${reason})`);
