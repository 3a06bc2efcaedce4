import { type AccessChange, compareAccess } from '../hba-analysis/compare.ts';
import type { Decision } from '../hba-analysis/decide.ts';
import { LOOPBACK } from '../net/loopback.ts';
import { overlap, parsePrefix } from '../net/prefix.ts';
import { type Conf, effectiveSettings, parseConf } from '../postgres/conf/conf.ts';
import { editConf } from '../postgres/conf/edit.ts';
import type { Edit } from '../postgres/edit-lines.ts';
import { editHba } from '../postgres/hba/edit.ts';
import { type Hba, parseAgain } from '../postgres/hba/hba.ts';
import type { Method } from '../postgres/hba/record.ts';
import { hbaToken } from '../quote/hba.ts';
import { type AuditFinding, findingsOf, type ParsedInput } from './findings.ts';
import type { Fix, FixPromise } from './rule.ts';

/** Why a fix isn't offered: what it does that its title doesn't say. */
export type Unproven =
  /** Connections are allowed that were rejected. */
  | 'opens'
  /** Connections are rejected that were allowed. */
  | 'closes'
  /** Connections need another authentication method or other options. */
  | 'method'
  /** The effect on access depends on facts that aren't in the files. */
  | 'unknown'
  /** PostgreSQL rejects more lines than before. */
  | 'rejected-line'
  /** Another setting changes, or the one that the fix is about doesn't. */
  | 'setting'
  /** The fixed files have a finding that the files didn't have. */
  | 'new-finding'
  /** No finding disappears. */
  | 'no-effect'
  /** A file that the fixed file includes wasn't given. */
  | 'missing-file';

/** The result of `proveFix`. `says` is one sentence for the reader. */
export type Proof =
  | { readonly proven: true; readonly says: string; readonly left: readonly AuditFinding[] }
  | { readonly proven: false; readonly reason: Unproven; readonly says: string; readonly finding?: AuditFinding };

/** The findings of the files before a fix, computed once for many fixes. */
export type FindingsBefore = () => readonly AuditFinding[];

/**
 * Applies a fix and checks its promise: the files are parsed again, their access is compared, and they are audited
 * again. A fix is proven if access or settings change exactly as promised, PostgreSQL rejects no other line, at least
 * one finding disappears, and no new one appears.
 */
export function proveFix(
  given: ParsedInput,
  fix: Fix,
  before: FindingsBefore = () => findingsOf(withoutMemory(readFor(given, fix))),
): Proof {
  const input = readFor(given, fix);
  const fixed = applied(input, fix);
  if (fixed === undefined) return unproven('missing-file');
  const broken =
    fix.promise.kind === 'settings'
      ? settingsProblem(input, fixed, fix.promise.names)
      : accessProblem(input, fixed, fix);
  if (broken) return unproven(broken);
  const { gone, come } = findingsChanged(before(), findingsOf(fixed), fix);
  const left = come.filter(({ id }) => fix.leaves?.includes(id));
  // A line that the other version could not read has the findings that it has today.
  const today = new Set(fix.for === undefined ? [] : findingsOf(withoutMemory(given)).map(({ id }) => id));
  const [finding] = come.filter((one) => !left.includes(one) && !today.has(one.id));
  if (finding) return { ...unproven('new-finding', finding), finding };
  // What a fix for another version is about is no finding of an audit: that it opens nothing compared with today is.
  if (fix.for !== undefined && opensFor(given, fixed)) return unproven('opens');
  if (!gone && fix.for === undefined) return unproven('no-effect');
  return { proven: true, says: provenSentence(fix), left };
}

/** The files as the version reads them that the fix is for. */
function readFor(given: ParsedInput, { for: major }: Fix): ParsedInput {
  if (major === undefined || major === given.major) return given;
  const { hba, conf, files } = given;
  const options = { major, ...(files ? { files } : {}) };
  return {
    ...withoutMemory(given),
    major,
    ...(hba ? { hba: parseAgain(editHba(hba, []), hba, { files, as: major }) } : {}),
    ...(conf ? { conf: parseConf(editConf(conf, []), options) } : {}),
  };
}

/** Whether the fixed file allows, in its version, what the original rejects in the version that reads it now. */
const opensFor = ({ hba: before }: ParsedInput, { hba: after }: ParsedInput): boolean =>
  before !== undefined && after !== undefined && compareAccess(before, after).some(({ kind }) => kind === 'opened');

const unproven = (reason: Unproven, finding?: AuditFinding): Proof & { readonly proven: false } => ({
  proven: false,
  reason,
  says: unprovenSentence(reason, finding),
});

/** Without the caches, which belong to the file that is being edited. */
const withoutMemory = ({ reach: _reach, cache: _cache, ...input }: ParsedInput): ParsedInput => input;

/** The input with the fixed file in place of the original; undefined if a file that it needs wasn't given. */
function applied(input: ParsedInput, { file, edits }: Fix): ParsedInput | undefined {
  const { hba, conf, major, files } = input;
  const options = { major, ...(files ? { files } : {}) };
  const rest = withoutMemory(input);
  if (file === 'pg_hba.conf') {
    if (!hba || (!files && hba.records.some((placed) => placed.file !== undefined))) return undefined;
    return { ...rest, hba: parseAgain(editHba(hba, edits), hba, { files }) };
  }
  if (!conf || (!files && conf.settings.some((setting) => setting.file !== undefined))) return undefined;
  return { ...rest, conf: parseConf(editConf(conf, edits), options) };
}

/** What a fix of pg_hba.conf does that it doesn't promise. */
function accessProblem(
  { hba: before, files }: ParsedInput,
  { hba: after }: ParsedInput,
  { promise, reads }: Fix,
): Unproven | undefined {
  if (!before || !after) return 'missing-file';
  if (after.refused.length > before.refused.length) return 'rejected-line';
  if (promise.kind !== 'adds') return firstProblem(before, after, promise);
  const expected = parseAgain(editHba(before, promise.rules.map(inserted)), before, { files });
  // A rule that wasn't read may do whatever it says; a new one is there to allow something.
  return firstProblem(expected, after, { kind: 'same' }) ?? (reads ? undefined : firstProblem(before, after, promise));
}

/** The first change of access that a promise doesn't name. */
function firstProblem(before: Hba, after: Hba, promise: FixPromise): Unproven | undefined {
  const change = compareAccess(before, after).find((one) => one.kind === 'unknown' || !isPromised(one, promise));
  if (!change) return undefined;
  return change.kind === 'unknown' ? 'unknown' : problemOf[change.kind];
}

function isPromised(change: AccessChange, promise: FixPromise): boolean {
  switch (promise.kind) {
    case 'closes':
      return change.kind === 'closed' && isOfRole(change, promise.role);
    case 'stricter':
      return change.kind === 'closed' || (change.kind === 'method' && isStronger(change.before, change.after));
    case 'adds':
      return change.kind === 'opened';
    default:
      return false;
  }
}

const problemOf = { opened: 'opens', closed: 'closes', method: 'method' } as const;

const inserted = ({ line, text }: { readonly line: number; readonly text: string }): Edit => ({
  kind: 'insert',
  line,
  text,
});

/** Whether a change is only about this role and other hosts. */
const isOfRole = ({ users, connections, addresses }: AccessChange, role: string): boolean =>
  users.every((user) => user === hbaToken(role)) &&
  !connections.includes('local') &&
  (addresses ?? []).every((address) => {
    const prefix = parsePrefix(address);
    return prefix !== undefined && !overlap(prefix, LOOPBACK[prefix.family]);
  });

/** Methods from the weakest on. Methods that aren't listed are as strong as SCRAM and can't be compared with each other. */
const STRENGTH: Readonly<Partial<Record<Method, number>>> = { trust: 0, ident: 1, password: 1, md5: 2 };
const STRONGEST = 3;

const strength = (decision: Decision): number =>
  decision.outcome === 'record' ? (STRENGTH[decision.method] ?? STRONGEST) : STRONGEST + 1;

const isStronger = (before: Decision, after: Decision): boolean => strength(after) > strength(before);

/** What a fix of postgresql.conf does that it doesn't promise. */
function settingsProblem(
  { conf: before }: ParsedInput,
  { conf: after }: ParsedInput,
  names: readonly string[],
): Unproven | undefined {
  if (!before || !after) return 'missing-file';
  if (after.problems.length > before.problems.length) return 'rejected-line';
  const changed = changedSettings(before, after);
  return changed.every((name) => names.includes(name)) ? undefined : 'setting';
}

/** The settings, by lowercase name, that don't have the same value in both files. */
function changedSettings(before: Conf, after: Conf): string[] {
  const [old, now] = [effectiveSettings(before), effectiveSettings(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name)?.value !== now.get(name)?.value);
}

/** Rules that tell why a record has no effect: a fix above it changes which of them does. */
const UNREACHABLE = ['dead-record', 'contradicting-record'];
const kindOf = (id: string): string => (UNREACHABLE.includes(id) ? 'unreachable' : id);

/** Whether a finding disappears, and those that appear: of each kind, as many as there are more of than before. */
function findingsChanged(
  before: readonly AuditFinding[],
  after: readonly AuditFinding[],
  fix: Fix,
): { readonly gone: boolean; readonly come: readonly AuditFinding[] } {
  const count = new Map<string, number>();
  for (const { id } of before) count.set(kindOf(id), (count.get(kindOf(id)) ?? 0) + 1);
  const come: AuditFinding[] = [];
  for (const finding of after) {
    const kind = kindOf(finding.id);
    const rest = count.get(kind) ?? 0;
    count.set(kind, rest - 1);
    if (rest <= 0 && !isOfReadLine(finding, fix)) come.push(finding);
  }
  return { gone: [...count.values()].some((rest) => rest > 0), come };
}

/** Whether a finding is about a line that the server reads only now. */
function isOfReadLine({ file, included, line = 0 }: AuditFinding, fix: Fix): boolean {
  if (!fix.reads || file !== fix.file || included !== undefined) return false;
  return fix.edits.some(
    (edit) => edit.kind === 'replace' && line >= edit.line && line < edit.line + edit.text.split('\n').length,
  );
}

function provenSentence({ promise, reads }: Fix): string {
  switch (promise.kind) {
    case 'same':
      return 'Every connection has the same outcome as before.';
    case 'closes':
      return `Only connections of ${promise.role} from other hosts are rejected that could be made before.`;
    case 'stricter':
      return 'No connection is allowed that was rejected before, and no connection needs a weaker method.';
    case 'adds':
      if (reads)
        return 'PostgreSQL reads the rule as it is written, and no other rule decides anything else than before.';
      return promise.rules.length === 1
        ? `Access changes only by the rule “${promise.rules[0]?.text}”.`
        : `Access changes only by the ${promise.rules.length} new rules.`;
    case 'settings':
      return promise.names.length === 0
        ? 'Every setting keeps its value.'
        : `Only ${promise.names.join(', ')} changes, and PostgreSQL can parse the file.`;
  }
}

function unprovenSentence(reason: Unproven, finding: AuditFinding | undefined): string {
  switch (reason) {
    case 'opens':
      return 'It would allow connections that its title does not name.';
    case 'closes':
      return 'It would reject connections that its title does not name.';
    case 'method':
      return 'It would change the authentication of connections that its title does not name.';
    case 'unknown':
      return 'Its effect on access depends on facts that are not in the files.';
    case 'rejected-line':
      return 'PostgreSQL would reject a line of the fixed file.';
    case 'setting':
      return 'It would change a setting that its title does not name.';
    case 'new-finding':
      return `The fixed file would have another finding: ${finding?.title}.`;
    case 'no-effect':
      return 'It would not remove the finding.';
    case 'missing-file':
      return 'An included file is missing.';
  }
}
