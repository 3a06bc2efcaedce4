import { lifetimeOf, settingOf } from '../postgres/conf/catalogue.ts';
import { type Conf, type ConfProblem, type ConfSetting, effectiveSettings } from '../postgres/conf/conf.ts';
import { valueProblem } from '../postgres/conf/value.ts';
import type { Hba, RefusedLine } from '../postgres/hba/hba.ts';

/** A setting with which the server of another major doesn't start. */
export interface RefusedSetting {
  readonly setting: ConfSetting;
  /** `unknown`: the major has no setting of that name. `value`: it doesn't accept the value. */
  readonly kind: 'unknown' | 'value';
  /** One clause. */
  readonly reason: string;
}

interface Place {
  readonly line: number;
  readonly file?: string;
}

const key = ({ file = '', line }: Place): string => `${line} ${file}`;

/** A file that wasn't given; the server may have it. */
const isUnopened = (error: string | null): boolean => error?.startsWith('could not open') ?? false;

/** The problems of the other major that the file's own major doesn't have in the same line. */
function added<Problem extends Place & { readonly error: string | null }>(
  before: readonly Problem[],
  after: readonly Problem[],
): readonly Problem[] {
  const known = new Set(before.map(key));
  return after.filter((one) => !known.has(key(one)) && !isUnopened(one.error));
}

/** The lines of pg_hba.conf that its major accepts and the other one rejects; the same text, as both read it. */
export const linesRefused = (before: Hba, after: Hba): readonly RefusedLine[] => added(before.refused, after.refused);

/** The lines of postgresql.conf that only the other major can't parse. */
export const linesUnparsed = (before: Conf, after: Conf): readonly ConfProblem[] =>
  added(before.problems, after.problems);

/** The settings that a file's own major accepts and another one rejects. */
export function settingsRefused(conf: Conf, target: number): readonly RefusedSetting[] {
  const effective = new Set(effectiveSettings(conf).values());
  return conf.settings.flatMap((setting): RefusedSetting[] => {
    const { name, value } = setting;
    const now = settingOf(name, conf.major);
    if (!now || valueProblem(now, value, conf.major) !== undefined) return [];
    const there = settingOf(name, target);
    if (!there) return [{ setting, kind: 'unknown', reason: lifetimeClause(name, target) }];
    // The server checks the value of the last line only, but every name (`ProcessConfigFileInternal`).
    const reason = effective.has(setting) ? valueProblem(there, value, target) : undefined;
    return reason === undefined ? [] : [{ setting, kind: 'value', reason: `${name}: ${reason}` }];
  });
}

function lifetimeClause(name: string, target: number): string {
  const { since = target, until } = lifetimeOf(name) ?? {};
  return since > target ? `${name} was added in PostgreSQL ${since}` : `${name} was removed after PostgreSQL ${until}`;
}
