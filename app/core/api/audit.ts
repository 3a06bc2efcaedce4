/** Rules over pg_hba.conf and postgresql.conf. */
import { type AuditFinding, type AuditInput, audit as auditFiles } from '../audit/audit.ts';
import { type CisReport, cisReport as report } from '../audit/cis-report/cis-report.ts';
import { parsedInput } from '../audit/findings.ts';
import { type Proof, proveFix as prove, type Unproven } from '../audit/prove-fix.ts';
import type { Fix } from '../audit/rule.ts';
import { type Conf, type ParseConfOptions, parseConf as parse } from '../postgres/conf/conf.ts';
import {
  hostsEntryFor as entryFor,
  type Hosts,
  type HostsEntry,
  parseHosts as readHosts,
} from '../postgres/hosts/hosts.ts';
import type { SideFiles } from '../postgres/side-files.ts';
import { upgradeReport as reportOf, type UpgradeFinding, type UpgradeInput } from '../upgrade/report.ts';
import {
  guarded,
  listOf,
  major,
  objectOf,
  oneOf,
  optional,
  parsedConf,
  parsedHba,
  parsedHosts,
  sideFiles,
  text,
  textOr,
} from './input.ts';

export type { CisResult } from '../audit/cis-report/cis-report.ts';
export type { CisEvidence, CisPlace, Verdict as CisVerdict } from '../audit/cis-report/item.ts';
export { type AuditDocument, jsonReport } from '../audit/export/json.ts';
export { markdownReport } from '../audit/export/markdown.ts';
export type { AuditedFile, AuditReport } from '../audit/export/report.ts';
export { sarifReport } from '../audit/export/sarif.ts';
export type { ConfRule, FixPromise, HbaRule, Reference, RuleAt } from '../audit/rule.ts';
export type { Failure, Issue, Result } from '../result.ts';
export type { Severity } from '../severity.ts';
export type {
  AuditFinding,
  AuditInput,
  CisReport,
  Conf,
  Fix,
  Hosts,
  HostsEntry,
  ParseConfOptions,
  Proof,
  Unproven,
  UpgradeFinding,
  UpgradeInput,
};

/** Reads postgresql.conf as one major does (`guc-file.l`), without losing a character. */
export const parseConf = guarded((content: string, options: ParseConfOptions): Conf => parse(content, options), {
  text,
  options: objectOf({ major, files: optional(sideFiles) }),
});

const input = objectOf({
  major,
  hba: optional(textOr(parsedHba)),
  conf: optional(textOr(parsedConf)),
  hosts: optional(textOr(parsedHosts)),
  files: optional(sideFiles),
  superuser: optional(text),
});

/** Reads pg_hosts.conf as PostgreSQL 19 does. `files` maps names to the texts of files that it includes. */
export const parseHosts = guarded(
  (content: string, options: { readonly files?: SideFiles } = {}): Hosts => readHosts(content, options),
  { text, options: optional(objectOf({ files: optional(sideFiles) })) },
);

/** The entry whose certificate a client gets that sends this name in the TLS handshake; null if it sends none. */
export const hostsEntryFor = guarded(
  (hosts: Hosts, name: string | null): HostsEntry | 'rejected' | 'ssl_cert_file' => entryFor(hosts, name),
  { hosts: parsedHosts, name: (value, path) => (value === null ? [] : text(value, path)) },
);

/**
 * Findings about the files, those of pg_hba.conf first, in the order of lines. A comment `postern-ignore: id` on a line or
 * above it silences a rule there, and `postern-ignore-file: id` in the whole file. In files of at most 40 rules and 24
 * fixes, every fix is proven; one that isn't is left out, and `withheld` says why. In larger files, call `proveFix`.
 */
export const audit = guarded((given: AuditInput): AuditFinding[] => auditFiles(given), { input });

/**
 * Applies a fix to the files and checks that it does what it promises and nothing else: access and settings change as
 * `fix.promise` says, PostgreSQL rejects no other line, a finding disappears, and no other one appears except those that
 * `fix.leaves` names.
 */
export const proveFix = guarded((given: AuditInput, fix: Fix): Proof => prove(parsedInput(given), fix), {
  input,
  fix: objectOf({
    file: oneOf('pg_hba.conf', 'postgresql.conf'),
    edits: listOf(objectOf({ kind: oneOf('insert', 'replace', 'delete'), text: optional(text) })),
    promise: objectOf({ kind: oneOf('same', 'closes', 'stricter', 'adds', 'settings') }),
  }),
});

/**
 * Which lines of the files satisfy and which violate the items of the CIS PostgreSQL 17 Benchmark v1.0.0 that are about
 * them, and the items that no file answers. Settings of `ALTER SYSTEM` and of the command line aren't in these files.
 */
export const cisReport = guarded((given: AuditInput): CisReport => report(given), { input });

/**
 * What the files of a server lose or change when another major reads them, in either direction: rules and settings that it
 * rejects (critical: the server doesn't start), rules that it reads differently, defaults that change, and other words
 * in the log. A fix is for the file that the other major reads.
 */
export const upgradeReport = guarded((input: UpgradeInput): UpgradeFinding[] => reportOf(input), {
  input: objectOf({ hba: optional(text), conf: optional(text), files: optional(sideFiles), from: major, to: major }),
});
