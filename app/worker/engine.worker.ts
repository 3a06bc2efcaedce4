import { expose } from 'comlink';
import { config } from 'zod/mini';
import {
  type AskedConnection,
  type AuditFinding,
  audit,
  type Conf,
  deriveAccess,
  editConf,
  editHba,
  type Fix,
  follow,
  type Ground,
  type Hba,
  type Imported,
  importFiles,
  jsonReport,
  type MapOptions,
  markdownReport,
  mayDecide,
  type Path,
  type Plan,
  type PlanExample,
  type Platform,
  parseConf,
  parseHba,
  planExamples,
  ReachMemory,
  type RecordExample,
  type RecordReach,
  readAsked,
  recordExamples,
  sarifReport,
} from '../core/index.ts';
import { type Checked, type Claim, checked } from './claims.ts';
import { type Compared, compared, type Told, toldChanges } from './compared.ts';
import type { Files } from './files.ts';
import { placed, tidied } from './hardened.ts';
import { type DrawnMap, drawn } from './mapped.ts';
import { refused } from './refused.ts';

// Zod would try `new Function`, which a content security policy forbids.
config({ jitless: true });

/** A finding without what its rule says of every one. */
export type Found = Omit<AuditFinding, keyof RuleText>;
export type RuleText = Pick<AuditFinding, 'title' | 'why' | 'references'>;

/** What a file is found to be, and everything that the rules say about it. */
export interface Audited {
  /** With those that comments silence. */
  readonly findings: readonly Found[];
  /** Of the rules that found something, by their id: once each, since there may be thousands of findings. */
  readonly rules: ReadonlyMap<string, RuleText>;
  readonly records: number;
  readonly settings: number;
  /** Lines of records that decide about nobody, by file. */
  readonly dead: ReadonlyMap<string, ReadonlySet<number>>;
}

/** What no file tells of a server, and the user may. */
export interface ImportAsked {
  readonly platform: Platform | undefined;
  readonly roles: readonly string[];
}

/** What became of the files; the differences in words, with the lines that decide. */
export interface ImportAnswer extends Omit<Imported, 'differences' | 'records'> {
  readonly told: Told;
}

/** The last files that were read: screens ask about the same ones again and again. */
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
      hba: parseHba(hba, { major, files: included }),
      conf: parseConf(conf, { major, files: included }),
    };
  return last;
}

/** What is known of the last file that was audited: most of it holds after the next edit. */
const memory = new ReachMemory();

function findingsOf(files: Files): readonly AuditFinding[] {
  const { hba, conf } = read(files);
  return audit({
    ...(files.hba === '' ? {} : { hba }),
    ...(files.conf === '' ? {} : { conf }),
    major: files.major,
    silenced: true,
    reach: memory.reach,
  });
}

const reports = { sarif: sarifReport, markdown: markdownReport, json: jsonReport } as const;

function deadLines(reach: readonly RecordReach[]): Map<string, Set<number>> {
  const dead = new Map<string, Set<number>>();
  for (const one of reach) {
    if (mayDecide(one)) continue;
    const { line, file = 'pg_hba.conf' } = one;
    dead.set(file, (dead.get(file) ?? new Set()).add(line));
  }
  return dead;
}

/** The files as a connection meets them; `plan` is the one that they are made from. */
function groundOf(files: Files, plan?: Plan): Ground {
  const { hba, conf } = read(files);
  return {
    hba,
    files: files.included,
    ...(files.conf === '' ? {} : { conf }),
    ...(plan ? { model: deriveAccess(plan) } : {}),
  };
}

const calls = {
  audit(files: Files): Audited {
    const { hba, conf } = read(files);
    const findings = findingsOf(files);
    return {
      findings: findings.map(({ title: _title, why: _why, references: _references, ...found }) => found),
      rules: new Map(findings.map(({ id, title, why, references }) => [id, { title, why, references }])),
      dead: deadLines(files.hba === '' ? [] : memory.last),
      records: hba.records.length,
      settings: conf.settings.length,
    };
  },
  /** The text of the file that a fix is about, mended. */
  fixed(files: Files, { file, edits }: Fix): string {
    const { hba, conf } = read(files);
    return file === 'pg_hba.conf' ? editHba(hba, edits) : editConf(conf, edits);
  },
  import(files: Files, { platform, roles }: ImportAsked): ImportAnswer {
    const { differences, records, ...imported } = importFiles({
      hba: files.hba,
      conf: files.conf,
      major: files.major,
      files: files.included,
      ...(platform ? { platform } : {}),
      ...(roles.length > 0 ? { roles } : {}),
    });
    const planned = parseHba(records, { major: imported.plan.server.major });
    return { ...imported, told: toldChanges(differences, read(files).hba, planned) };
  },
  report: (files: Files, format: keyof typeof reports): string =>
    reports[format]({
      major: files.major,
      findings: findingsOf(files),
      hba: { name: 'pg_hba.conf', text: files.hba },
      conf: { name: 'postgresql.conf', text: files.conf },
    }),
  /** Who gets in by the second pg_hba.conf and did not by the first, and the reverse. */
  compare(before: Files, after: Files): Compared {
    return compared(
      parseHba(before.hba, { major: before.major, files: before.included }),
      parseHba(after.hba, { major: after.major, files: after.included }),
    );
  },
  map: (files: Files, options: MapOptions): DrawnMap => drawn(read(files).hba, options),
  check: (files: Files, claim: Claim): Checked => checked(read(files).hba, claim),
  tidy: tidied,
  place: placed,
  refused,
  /** The way of a connection; null where what was typed describes none. */
  connection(files: Files, asked: AskedConnection, plan?: Plan): Path | null {
    const { major } = files;
    const read = readAsked(asked, major);
    if (!read.ok) return null;
    return follow(read.connection, groundOf(files, plan), { to: read.to, clientMajor: asked.psql ?? major });
  },
  /** A connection for each record of pg_hba.conf. */
  recordExamples: (files: Files): readonly RecordExample[] => recordExamples(groundOf(files)),
  /** Connections of the plan's clients. */
  planExamples: (plan: Plan): readonly PlanExample[] => planExamples(deriveAccess(plan)),
};

export type EngineCalls = typeof calls;

expose(calls);
