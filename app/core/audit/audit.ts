import { type ReachabilityOptions, type RecordReach, reachability } from '../access/reach/reachability.ts';
import { type Conf, effectiveSettings, parseConf } from '../postgres/conf/conf.ts';
import { type Hba, type HbaLine, parseHba } from '../postgres/hba/hba.ts';
import { isWhole, sslOf } from './conf-facts.ts';
import { confRules } from './conf-rules.ts';
import type { AuditSeverity, ConfInput, Fix, Hit, Reference, Rule } from './rule.ts';
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
  /** A comment in the file silences the rule here; only where `silenced` was asked for. */
  readonly silenced?: true;
}

export interface AuditInput {
  /** pg_hba.conf, as text or as `parseHba` read it. */
  readonly hba?: string | Hba;
  /** postgresql.conf, as text or as `parseConf` read it. */
  readonly conf?: string | Conf;
  /** The addresses of the server's host, where they are known. */
  readonly addresses?: readonly string[];
  readonly major: number;
  /** Findings that a comment silences are listed too, and marked. */
  readonly silenced?: boolean;
  /** `reachability`, or what remembers its answers. */
  readonly reach?: (hba: Hba, options: ReachabilityOptions) => readonly RecordReach[];
}

/**
 * Every rule over the files, pg_hba.conf first, in the order of the lines. A comment `postern-ignore: id` on a line or above
 * it silences a rule there, `postern-ignore-file: id` in the whole file.
 */
export function audit({
  hba: givenHba,
  conf: givenConf,
  addresses,
  major,
  silenced,
  reach = reachability,
}: AuditInput): AuditFinding[] {
  const hba = typeof givenHba === 'string' ? parseHba(givenHba, { major }) : givenHba;
  const conf = typeof givenConf === 'string' ? parseConf(givenConf, { major }) : givenConf;
  const found = [
    ...(hba ? auditHba(hba, major, conf, reach) : []),
    ...(conf ? auditConf(conf, major, { ...(hba ? { hba } : {}), ...(addresses ? { addresses } : {}) }) : []),
  ];
  return silenced ? found : found.filter((finding) => !finding.silenced);
}

function auditHba(
  hba: Hba,
  major: number,
  conf: Conf | undefined,
  reachOf: NonNullable<AuditInput['reach']>,
): AuditFinding[] {
  let known: readonly RecordReach[] | undefined;
  const ssl = conf ? sslOf(effectiveSettings(conf), isWhole(conf)) !== false : true;
  const reach = () => (known ??= reachOf(hba, { ssl }));
  return findings(hbaRules, { hba, major, reach }, hba.lines);
}

const auditConf = (conf: Conf, major: number, beside: Pick<ConfInput, 'hba' | 'addresses'>): AuditFinding[] =>
  findings(confRules, { conf, major, settings: effectiveSettings(conf), whole: isWhole(conf), ...beside }, conf.lines);

function findings<Input>(rules: readonly Rule<Input>[], input: Input, lines: readonly FileLine[]): AuditFinding[] {
  const silencedAt = silencedIn(lines);
  const silenced = (id: string, { line, included }: Hit) =>
    silencedAt.get(0)?.has(id) || (included === undefined && silencedAt.get(line ?? 0)?.has(id));
  return rules
    .flatMap((rule) => Array.from(rule.check(input), (hit) => findingOf(rule, hit, silenced(rule.id, hit) === true)))
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function findingOf<Input>(
  { id, severity, title, why, references }: Rule<Input>,
  { file, line, included, message, fix }: Hit,
  silenced: boolean,
): AuditFinding {
  // Field by field: a file of thousands of lines may have as many findings, and objects that are spread are slow to make.
  const finding: { -readonly [Key in keyof AuditFinding]: AuditFinding[Key] } = {
    id,
    severity,
    title,
    why,
    references,
    file,
    message,
  };
  if (line !== undefined) finding.line = line;
  if (included !== undefined) finding.included = included;
  if (fix !== undefined) finding.fix = fix;
  if (silenced) finding.silenced = true;
  return finding;
}

type FileLine = Pick<HbaLine, 'number' | 'raw'>;

/** The rules that comments silence, by line; 0 is the whole file. */
function silencedIn(lines: readonly FileLine[]): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, Set<string>>();
  let above: string[] = [];
  for (const { number, raw } of lines) {
    if (above.length === 0 && !raw.includes('postern-ignore')) continue;
    const [, whole, ids = ''] = /#[ \t]*postern-ignore(-file)?:[ \t]*([a-z0-9, -]+)/.exec(raw) ?? [];
    const named = ids.split(/[ ,]+/).filter((id) => id !== '');
    if (whole !== undefined) found.set(0, new Set([...(found.get(0) ?? []), ...named]));
    const comment = /^[ \t]*#/.test(raw);
    if (above.length + named.length > 0) found.set(number, new Set([...above, ...named]));
    above = comment && whole === undefined ? [...above, ...named] : [];
  }
  return found;
}
