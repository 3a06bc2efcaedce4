import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { FileRule } from '../../../app/core/index.ts';

/**
 * The output of real servers for rules with LDAP URLs; the unit test next to the file compares fileRules with it in
 * every run.
 */
const file = new URL('../../../app/core/postgres/hba/ldap-url.recorded.json', import.meta.url);

interface Recorded {
  /** The servers that were queried, by major. */
  readonly servers: Readonly<Record<string, string>>;
  /** Each rule, then for each different result the majors that gave it, the options and the error. */
  readonly rules: readonly (readonly [
    string,
    ...(readonly [readonly number[], FileRule['options'], FileRule['error']])[],
  ])[];
}

/** Replaces the recorded results of one major with one server's results. */
export function recordLdapAnswers(
  major: number,
  version: string,
  rules: readonly string[],
  rows: readonly FileRule[],
): void {
  const before: Recorded = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { servers: {}, rules: [] };
  const known = new Map(before.rules.map(([rule, ...answers]) => [rule, answers]));
  const lines = rules.map((rule, index) => {
    const { options, error } = rows[index] ?? { options: null, error: null };
    const said = JSON.stringify([options, error]);
    const others = (known.get(rule) ?? [])
      .map(([majors, ...answer]) => [majors.filter((one) => one !== major), ...answer] as const)
      .filter(([majors]) => majors.length > 0);
    const same = others.find(([, ...answer]) => JSON.stringify(answer) === said);
    const answers = same
      ? others.map((one) => (one === same ? [[...same[0], major].sort((a, b) => a - b), options, error] : one))
      : [...others, [[major], options, error]];
    return JSON.stringify([rule, ...answers]);
  });
  const servers = JSON.stringify({ ...before.servers, [major]: version });
  writeFileSync(file, `{\n"servers": ${servers},\n"rules": [\n${lines.join(',\n')}\n]\n}\n`);
}
