import { type ReachabilityOptions, type RecordReach, reachability } from '../hba-analysis/reachability.ts';
import { type Conf, effectiveSettings, parseConf } from '../postgres/conf/conf.ts';
import { isWhole, permittedValidators, sslOf } from '../postgres/conf/facts.ts';
import { commentStart } from '../postgres/hba/comment-start.ts';
import { type Hba, type HbaLine, parseHba } from '../postgres/hba/hba.ts';
import { type Hosts, parseHosts } from '../postgres/hosts/hosts.ts';
import type { SideFiles } from '../postgres/side-files.ts';
import type { Severity } from '../severity.ts';
import { confRules } from './conf-rules.ts';
import type { HitCache } from './hit-cache.ts';
import { hostsRules } from './hosts-rules.ts';
import { OverlapIndex } from './overlap-index.ts';
import type { ConfInput, Fix, Hit, Reference, Rule } from './rule.ts';
import { hbaRules } from './rules.ts';
import { versionRules } from './version-rules.ts';

/** A finding of the audit, with everything that a reader needs. */
export interface AuditFinding extends Hit {
  /** The rule. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly fix?: Fix;
  /** Why a fix that the rule suggests isn't offered: what it would do that its title doesn't name. */
  readonly withheld?: string;
  readonly references: readonly Reference[];
  /** A comment in the file silences the rule here; set only where `silenced` was requested. */
  readonly silenced?: true;
}

export interface AuditInput {
  /** pg_hba.conf, as text or as `parseHba` read it. */
  readonly hba?: string | Hba;
  /** postgresql.conf, as text or as `parseConf` read it. */
  readonly conf?: string | Conf;
  /** pg_hosts.conf (19+), as text or as `parseHosts` read it. */
  readonly hosts?: string | Hosts;
  /** The files that these two include; only needed to parse the files here, and to prove fixes. */
  readonly files?: SideFiles;
  /** The addresses of the server's host, if known. */
  readonly addresses?: readonly string[];
  /** The name of the bootstrap superuser; `postgres` if absent. Images name it after `POSTGRES_USER`. */
  readonly superuser?: string;
  readonly major: number;
  /** Also list findings that a comment silences, and mark them. */
  readonly silenced?: boolean;
  /** `reachability`, or a cached version of it. */
  readonly reach?: (hba: Hba, options: ReachabilityOptions) => readonly RecordReach[];
  /** Reuses the findings from before an edit. Pass the same cache to each audit of one pg_hba.conf. */
  readonly cache?: HitCache;
}

/** The input of an audit with both files parsed. */
export interface ParsedInput extends AuditInput {
  readonly hba?: Hba;
  readonly conf?: Conf;
  readonly hosts?: Hosts;
}

/** Parses the files that are given as text. */
export function parsedInput({ hba, conf: given, hosts, ...rest }: AuditInput): ParsedInput {
  const options = { major: rest.major, ...(rest.files ? { files: rest.files } : {}) };
  const conf = typeof given === 'string' ? parseConf(given, options) : given;
  const reading = { ...options, ...(conf ? { oauthValidatorLibraries: permittedValidators(conf) } : {}) };
  return {
    ...rest,
    ...(hba === undefined ? {} : { hba: typeof hba === 'string' ? parseHba(hba, reading) : hba }),
    ...(conf === undefined ? {} : { conf }),
    ...(hosts === undefined ? {} : { hosts: typeof hosts === 'string' ? parseHosts(hosts) : hosts }),
  };
}

/** Every rule over the version and the files, pg_hba.conf first, in the order of the lines. The fixes are as the rules suggest them. */
export function findingsOf(input: ParsedInput): AuditFinding[] {
  const { hba, conf, hosts, addresses, major, silenced } = input;
  const found = [
    ...(hba || conf ? auditVersion(major, hba, conf) : []),
    ...(hba ? auditHba(hba, input) : []),
    ...(conf ? auditConf(conf, major, { ...(hba ? { hba } : {}), ...(addresses ? { addresses } : {}) }) : []),
    ...(hosts ? auditHosts(hosts, major, conf) : []),
  ];
  return silenced ? found : found.filter((finding) => !finding.silenced);
}

const auditVersion = (major: number, hba: Hba | undefined, conf: Conf | undefined): AuditFinding[] =>
  findings(
    versionRules,
    { major, ...(hba ? { hba } : {}), ...(conf ? { conf } : {}) },
    [...(hba?.lines ?? []), ...(conf?.lines ?? [])],
    (line) => hbaCommentIn(line) || confCommentIn(line),
  );

function auditHba(
  hba: Hba,
  { major, conf, superuser = 'postgres', reach: reachOf = reachability, cache }: ParsedInput,
): AuditFinding[] {
  let known: readonly RecordReach[] | undefined;
  const ssl = conf ? sslOf(effectiveSettings(conf), isWhole(conf)) !== false : true;
  const reach = () => (known ??= reachOf(hba, { ssl }));
  let index: OverlapIndex | undefined;
  const overlaps = () => (index ??= new OverlapIndex(hba));
  const input = { hba, major, ssl, superuser, reach, overlaps };
  return findings(hbaRules, input, hba.lines, hbaCommentIn, cache?.hitsIn(input));
}

const auditConf = (conf: Conf, major: number, beside: Pick<ConfInput, 'hba' | 'addresses'>): AuditFinding[] =>
  findings(
    confRules,
    { conf, major, settings: effectiveSettings(conf), whole: isWhole(conf), ...beside },
    conf.lines,
    confCommentIn,
  );

const auditHosts = (hosts: Hosts, major: number, conf: Conf | undefined): AuditFinding[] =>
  findings(
    hostsRules,
    {
      hosts,
      major,
      ...(conf ? { settings: effectiveSettings(conf) } : {}),
      whole: conf !== undefined && isWhole(conf),
    },
    hosts.lines,
    hbaCommentIn,
  );

function findings<Input>(
  rules: readonly Rule<Input>[],
  input: Input,
  lines: readonly FileLine[],
  commentIn: (line: string) => string,
  hitsOf = ({ check }: Rule<Input>) => check(input),
): AuditFinding[] {
  const { everywhere, blocks } = silencedIn(lines, commentIn);
  const silenced = (id: string, { line = 0, included }: Hit) =>
    everywhere.has(id) || (included === undefined && (blocks.get(line)?.get(id) ?? Number.POSITIVE_INFINITY) <= line);
  return rules
    .flatMap((rule) => Array.from(hitsOf(rule), (hit) => findingOf(rule, hit, silenced(rule.id, hit))))
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function findingOf<Input>(
  { id, severity, title, why, references }: Rule<Input>,
  { file, line, included, message, fix }: Hit,
  silenced: boolean,
): AuditFinding {
  // Copied field by field: a file of thousands of lines may have as many findings, and object spread is slow.
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

/** The comment of a line. A `#` inside a quoted name or value does not start a comment. */
function hbaCommentIn(line: string): string {
  const start = commentStart(line);
  return start < 0 ? '' : line.slice(start);
}

const confCommentIn = (line: string): string => /^(?:[^'#]|'(?:[^'\\]|\\.)*')*(#[\s\S]*)$/.exec(line)?.[1] ?? '';

/**
 * Where comments silence which rules. Consecutive comments accumulate until a line that is not a comment, so the lines
 * of such a block share one map: a rule is silenced from the line that names it on.
 */
interface Silenced {
  readonly everywhere: ReadonlySet<string>;
  /** By line: the first line of its block that names a rule. */
  readonly blocks: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

function silencedIn(lines: readonly FileLine[], commentIn: (line: string) => string): Silenced {
  const everywhere = new Set<string>();
  const blocks = new Map<number, ReadonlyMap<string, number>>();
  let block = new Map<string, number>();
  for (const { number, raw } of lines) {
    if (block.size === 0 && !raw.includes('postern-ignore')) continue;
    const [, whole, ids = ''] = /#[ \t]*postern-ignore(-file)?:[ \t]*([a-z0-9, -]+)/.exec(commentIn(raw)) ?? [];
    for (const id of ids.split(/[ ,]+/)) {
      if (id === '') continue;
      if (whole !== undefined) everywhere.add(id);
      if (!block.has(id)) block.set(id, number);
    }
    if (block.size > 0) blocks.set(number, block);
    if (whole !== undefined || !/^[ \t]*#/.test(raw)) block = new Map();
  }
  return { everywhere, blocks };
}
