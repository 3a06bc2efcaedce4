import { type RecordReach, reachability } from '../access/reach/reachability.ts';
import { type Hba, type HbaLine, parseHba } from '../postgres/hba/hba.ts';
import type { AuditSeverity, Fix, Hit, Reference } from './rule.ts';
import { hbaRules } from './rules.ts';

/** What an audit found, with everything that a reader needs. */
export interface AuditFinding extends Hit {
  /** The rule. */
  readonly id: string;
  readonly severity: AuditSeverity;
  readonly title: string;
  readonly why: string;
  readonly fix?: Fix;
  readonly references: readonly Reference[];
}

export interface AuditInput {
  /** pg_hba.conf, as text or as `parseHba` read it. */
  readonly hba?: string | Hba;
  readonly major: number;
}

/**
 * Every rule over the files, in the order of the lines. A comment `postern-ignore: id` on a line or above
 * it silences a rule there, `postern-ignore-file: id` in the whole file.
 */
export function audit({ hba: given, major }: AuditInput): AuditFinding[] {
  if (given === undefined) return [];
  const hba = typeof given === 'string' ? parseHba(given, { major }) : given;
  let known: readonly RecordReach[] | undefined;
  const reach = () => (known ??= reachability(hba));
  const silenced = silencedIn(hba.lines);
  return hbaRules
    .flatMap(({ check, wrong: _wrong, right: _right, ...about }) =>
      [...check({ hba, major, reach })].map((hit): AuditFinding => ({ ...about, ...hit })),
    )
    .filter(
      ({ id, line, included }) =>
        !silenced.get(0)?.has(id) && (included !== undefined || !silenced.get(line ?? 0)?.has(id)),
    )
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** The rules that comments silence, by line; 0 is the whole file. */
function silencedIn(lines: readonly HbaLine[]): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, Set<string>>();
  let above: string[] = [];
  for (const { number, raw } of lines) {
    const [, whole, ids = ''] = /#[ \t]*postern-ignore(-file)?:[ \t]*([a-z0-9, -]+)/.exec(raw) ?? [];
    const named = ids.split(/[ ,]+/).filter((id) => id !== '');
    if (whole !== undefined) found.set(0, new Set([...(found.get(0) ?? []), ...named]));
    const comment = /^[ \t]*#/.test(raw);
    found.set(number, new Set([...above, ...named]));
    above = comment && whole === undefined ? [...above, ...named] : [];
  }
  return found;
}
