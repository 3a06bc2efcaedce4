import type { Fix } from '../../audit/rule.ts';
import { settingOf } from '../../postgres/conf/catalogue.ts';
import { type Conf, effectiveSettings } from '../../postgres/conf/conf.ts';
import { type ChangedDefault, changedDefaults, withUnit } from '../../postgres/conf/defaults.ts';
import { isWhole } from '../../postgres/conf/facts.ts';
import { valueProblem } from '../../postgres/conf/value.ts';
import { confValue } from '../../quote/conf.ts';
import { RELEASE_NOTES, type UpgradeRule } from '../rule.ts';

/** Other words for the same: log_connections is a list since 18, and an empty one logs nothing, as off did. */
const SAME: readonly (readonly [name: string, ...defaults: readonly string[]])[] = [
  ['log_connections', 'off', ''],
  ['transaction_isolation', 'default', 'read committed'],
];

export const otherDefault: UpgradeRule = {
  id: 'upgrade-other-default',
  severity: 'low',
  title: 'The default of a setting changes',
  why: 'The file does not set it, so the server uses the new default. Keep the new one unless you rely on the old one. Settings made with ALTER SYSTEM, for a role or for a database are not visible here.',
  references: [RELEASE_NOTES],
  *check({ conf, from, to }) {
    if (!conf || !isWhole(conf.before)) return;
    const set = new Set([...effectiveSettings(conf.before).keys()].map((name) => settingOf(name, to)?.now ?? name));
    for (const changed of changedDefaults(from, to)) {
      if (set.has(changed.name) || isSame(changed)) continue;
      const { name, unit } = changed;
      const [before, after] = [changed.before, changed.after].map((text) => withUnit(text, unit));
      const fix = keep(conf.before, changed, before ?? '', to);
      yield {
        file: 'postgresql.conf',
        message: `${name} is not set. Its default was ${before} in PostgreSQL ${from} and is ${after} in PostgreSQL ${to}.`,
        ...(fix ? { fix } : {}),
      };
    }
  },
};

const isSame = ({ name, before, after }: ChangedDefault): boolean =>
  SAME.some(([one, ...defaults]) => one === name && [before, after].every((text) => defaults.includes(text)));

/** The line that keeps the old default, at the end of the file. */
function keep({ lines }: Conf, { name, before }: ChangedDefault, written: string, to: number): Fix | undefined {
  const known = settingOf(name, to);
  if (!known || valueProblem(known, before, to) !== undefined) return undefined;
  const value = /^([a-z][\w.-]*|-?\d+(\.\d+|[A-Za-z]+)?)$/.test(written) ? written : confValue(written);
  const text = `${name} = ${value}`;
  return {
    title: `Keep ${text}`,
    file: 'postgresql.conf',
    edits: [{ kind: 'insert', line: (lines.at(-1)?.number ?? 0) + 1, text }],
    promise: { kind: 'settings', names: [name.toLowerCase()] },
  };
}
