import { expose } from 'comlink';
import { config } from 'zod/mini';
import {
  type AccessSummary,
  type AskedConnection,
  type AuditFinding,
  accessSummary,
  audit,
  type CisReport,
  type Conf,
  cisReport,
  deriveAccess,
  effectiveSettings,
  type Fix,
  follow,
  type Ground,
  type Hba,
  HitCache,
  HOSTS_FILE,
  type Hosts,
  type Imported,
  importFiles,
  isLoopbackHost,
  isWhole,
  jsonReport,
  listensOn,
  type MapOptions,
  markdownReport,
  mayDecide,
  type Path,
  type Plan,
  type PlanExample,
  type Platform,
  parseConf,
  parseHba,
  parseHosts,
  planExamples,
  ReachabilityCache,
  type RecordExample,
  type RecordReach,
  readAsked,
  readingOf,
  recordExamples,
  sarifReport,
  shownBytes,
  sslOf,
  upgradeReport,
} from '../core/index.ts';
import { type AccessMapView, accessMapView } from './access-map.ts';
import { type CheckedAssertion, checkTyped, type TypedAssertion } from './assertions.ts';
import { type AccessDifference, type Compared, compared, differenceView } from './compare.ts';
import { type Files, hbaReading } from './files.ts';
import { type FixPreview, fixPreview } from './fix-preview.ts';
import { narrowed, observed, usedRules } from './log.ts';
import { migrationView } from './migration.ts';
import { refused } from './refusal.ts';
import { placed, tidied } from './tidy-placement.ts';

// Zod would try `new Function`, which a content security policy forbids.
config({ jitless: true });

/** A finding without the fields that are the same for every finding of its rule. */
export type Found = Omit<AuditFinding, keyof RuleText>;
export type RuleText = Pick<AuditFinding, 'title' | 'why' | 'references'>;

/** Findings, and the texts of their rules. */
export interface FoundByRules {
  readonly findings: readonly Found[];
  /** The rules with findings, by id: once each, because there may be thousands of findings. */
  readonly rules: ReadonlyMap<string, RuleText>;
}

/** The result of an audit. Its findings include those that comments silence. */
export interface Audited extends FoundByRules {
  readonly records: number;
  readonly settings: number;
  /** Lines of unreachable records, by file. */
  readonly dead: ReadonlyMap<string, ReadonlySet<number>>;
  /** What pg_hba.conf allows; null without one. */
  readonly access: AccessView | null;
}

/** What pg_hba.conf allows, and what prevents it. */
export interface AccessView extends AccessSummary {
  /** Number of lines for which the server rejects the file. */
  readonly refusals: number;
  /** postgresql.conf lets the server listen on loopback addresses only, or on none. */
  readonly onlyLocal: boolean;
}

/** Information that the files do not contain, and that the user may provide. */
export interface ImportAsked {
  readonly platform: Platform | undefined;
  readonly roles: readonly string[];
}

/** The result of an import; the differences as text, with the lines that are decisive. */
export interface ImportAnswer extends Omit<Imported, 'differences' | 'records'> {
  readonly told: AccessDifference;
}

/** The files that were parsed last: screens repeatedly request the same ones. */
let last: { readonly files: Files; readonly hba: Hba; readonly conf: Conf } | undefined;

function read(files: Files): { readonly hba: Hba; readonly conf: Conf } {
  const { major, hba, conf, included } = files;
  const same =
    last?.files.major === major &&
    last.files.hba === hba &&
    last.files.conf === conf &&
    JSON.stringify(last.files.included) === JSON.stringify(included);
  if (!last || !same)
    last = {
      files,
      hba: parseHba(hba, hbaReading(files)),
      conf: parseConf(conf, { major, files: included }),
    };
  return last;
}

/** Cached results for the file that was audited last: most are still valid after the next edit. */
const memory = new ReachabilityCache();
const hits = new HitCache();

function findingsOf(files: Files): readonly AuditFinding[] {
  const { hba, conf } = read(files);
  return audit({
    ...(files.hba === '' ? {} : { hba }),
    ...(files.conf === '' ? {} : { conf }),
    ...hostsOf(files),
    major: files.major,
    files: files.included,
    ...(files.superuser === undefined ? {} : { superuser: files.superuser }),
    silenced: true,
    reach: memory.reach,
    cache: hits,
  });
}

/** pg_hosts.conf is one of the files that the two main files name. */
function hostsOf({ included }: Files): { readonly hosts?: Hosts } {
  const text = included[HOSTS_FILE];
  return text === undefined ? {} : { hosts: parseHosts(text, { files: included }) };
}

const reports = { sarif: sarifReport, markdown: markdownReport, json: jsonReport } as const;

/** What the file that was audited last allows. */
function accessOf(hba: Hba, conf: Conf, hasConf: boolean): AccessView {
  const settings = effectiveSettings(conf);
  const whole = hasConf && isWhole(conf);
  const listens = listensOn(settings) ?? (whole ? ['localhost'] : undefined);
  return {
    ...accessSummary(hba, memory.last, { ssl: !hasConf || sslOf(settings, whole) !== false }),
    refusals: hba.refused.length,
    onlyLocal: listens?.every(isLoopbackHost) ?? false,
  };
}

function deadLines(reach: readonly RecordReach[]): Map<string, Set<number>> {
  const dead = new Map<string, Set<number>>();
  for (const one of reach) {
    if (mayDecide(one)) continue;
    const { line, file = 'pg_hba.conf' } = one;
    dead.set(file, (dead.get(file) ?? new Set()).add(line));
  }
  return dead;
}

/** The files that a connection is checked against; `plan` is the one that they are generated from. */
function groundOf(files: Files, plan?: Plan): Ground {
  const { hba, conf } = read(files);
  return {
    hba,
    files: files.included,
    ...(files.conf === '' ? {} : { conf }),
    ...(plan ? { model: deriveAccess(plan) } : {}),
  };
}

function byRules(findings: readonly AuditFinding[]): FoundByRules {
  return {
    findings: findings.map(({ title: _title, why: _why, references: _references, ...found }) => ({
      ...found,
      message: shownBytes(found.message),
    })),
    rules: new Map(findings.map(({ id, title, why, references }) => [id, { title, why, references }])),
  };
}

const calls = {
  audit(files: Files): Audited {
    const { hba, conf } = read(files);
    return {
      ...byRules(findingsOf(files)),
      dead: deadLines(files.hba === '' ? [] : memory.last),
      access: files.hba === '' ? null : accessOf(hba, conf, files.conf !== ''),
      records: hba.records.length,
      settings: conf.settings.length,
    };
  },
  cisReport(files: Files): CisReport {
    const { hba, conf } = read(files);
    return cisReport({
      ...(files.hba === '' ? {} : { hba }),
      ...(files.conf === '' ? {} : { conf }),
      major: files.major,
    });
  },
  /** What the files lose or change when another major reads them. */
  upgrade: ({ major: from, hba, conf, included: files }: Files, to: number): FoundByRules =>
    byRules(upgradeReport({ from, to, files, ...(hba === '' ? {} : { hba }), ...(conf === '' ? {} : { conf }) })),
  /** What a fix does, before it is applied. */
  previewFix: (files: Files, fix: Fix): FixPreview => fixPreview(fix, files, read(files)),
  migration: migrationView,
  import(files: Files, { platform, roles }: ImportAsked): ImportAnswer {
    const { differences, records, ...imported } = importFiles({
      hba: files.hba,
      conf: files.conf,
      major: files.major,
      files: files.included,
      ...(platform ? { platform } : {}),
      ...(roles.length > 0 ? { roles } : {}),
    });
    const planned = parseHba(records, readingOf(imported.plan, imported.plan.server.major));
    return { ...imported, told: differenceView(differences, read(files).hba, planned) };
  },
  report: (files: Files, format: keyof typeof reports): string =>
    reports[format]({
      major: files.major,
      findings: findingsOf(files),
      hba: { name: 'pg_hba.conf', text: files.hba },
      conf: { name: 'postgresql.conf', text: files.conf },
    }),
  /** Who can connect with the second pg_hba.conf and not with the first, and the reverse. */
  compare(before: Files, after: Files): Compared {
    return compared(parseHba(before.hba, hbaReading(before)), parseHba(after.hba, hbaReading(after)));
  },
  map: (files: Files, options: MapOptions): AccessMapView => accessMapView(read(files).hba, options),
  checkAssertion: (files: Files, assertion: TypedAssertion): CheckedAssertion => checkTyped(read(files).hba, assertion),
  tidy: tidied,
  place: placed,
  refused,
  observeLog: observed,
  usedRules,
  narrowRule: narrowed,
  /** The path of a connection; null if the input does not describe one. */
  connection(files: Files, asked: AskedConnection, plan?: Plan): Path | null {
    const { major } = files;
    const read = readAsked(asked, major);
    if (!read.ok) return null;
    return follow(read.value.connection, groundOf(files, plan), {
      to: read.value.to,
      clientMajor: asked.psql ?? major,
    });
  },
  /** A connection for each record of pg_hba.conf. */
  recordExamples: (files: Files): readonly RecordExample[] => recordExamples(groundOf(files)),
  /** Connections of the plan's clients. */
  planExamples: (plan: Plan): readonly PlanExample[] => planExamples(deriveAccess(plan)),
};

export type EngineCalls = typeof calls;

expose(calls);
