import { lifetimeOf, settingOf } from '../postgres/conf/catalogue.ts';
import { type Conf, effectiveSettings } from '../postgres/conf/conf.ts';
import { valueProblem } from '../postgres/conf/value.ts';
import { type Hba, parseHba, printHba } from '../postgres/hba/hba.ts';

/** A line with which the server of a later major doesn't start. */
export interface UpgradeStop {
  readonly file: 'pg_hba.conf' | 'postgresql.conf';
  readonly line: number;
  readonly reason: string;
}

/** The lines of the main files that their own major accepts and a later one rejects. */
export function upgradeStops(hba: Hba | undefined, conf: Conf | undefined, major: number, target: number) {
  return [...(hba ? hbaStops(hba, target) : []), ...(conf ? confStops(conf, major, target) : [])];
}

function hbaStops(hba: Hba, target: number): UpgradeStop[] {
  const already = new Set(hba.refused.filter(({ file }) => file === undefined).map(({ line }) => line));
  // The files that it includes are not at hand, so a line that names one is left out.
  return parseHba(printHba(hba), { major: target })
    .refused.filter(
      ({ line, file, error }) => file === undefined && !already.has(line) && !/^could not open/.test(error ?? ''),
    )
    .map(({ line, error }) => ({ file: 'pg_hba.conf', line, reason: error ?? 'PostgreSQL rejects this line' }));
}

function confStops(conf: Conf, major: number, target: number): UpgradeStop[] {
  return [...effectiveSettings(conf).values()].flatMap(({ name, value, line, file }): UpgradeStop[] => {
    const now = settingOf(name, major);
    if (!now || file !== undefined || valueProblem(now, value, major) !== undefined) return [];
    const later = settingOf(name, target);
    const reason = later
      ? valueProblem(later, value, target)
      : `${name} was removed after PostgreSQL ${lifetimeOf(name)?.until}`;
    return reason === undefined
      ? []
      : [{ file: 'postgresql.conf', line, reason: later ? `${name}: ${reason}` : reason }];
  });
}
