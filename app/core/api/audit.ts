/** Rules over pg_hba.conf and postgresql.conf. */
import { type AuditFinding, type AuditInput, audit as auditFiles } from '../audit/audit.ts';
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
  major,
  objectOf,
  optional,
  parsedConf,
  parsedHba,
  parsedHosts,
  sideFiles,
  text,
  textOr,
} from './input.ts';

export { type AuditDocument, jsonReport } from '../audit/export/json.ts';
export { markdownReport } from '../audit/export/markdown.ts';
export type { AuditedFile, AuditReport } from '../audit/export/report.ts';
export { sarifReport } from '../audit/export/sarif.ts';
export type { ConfRule, Fix, HbaRule, Reference } from '../audit/rule.ts';
export type { Failure, Issue, Result } from '../result.ts';
export type { Severity } from '../severity.ts';
export type { AuditFinding, AuditInput, Conf, Hosts, HostsEntry, ParseConfOptions, UpgradeFinding, UpgradeInput };

/** Reads postgresql.conf as one major does (`guc-file.l`), without losing a character. */
export const parseConf = guarded((content: string, options: ParseConfOptions): Conf => parse(content, options), {
  text,
  options: objectOf({ major, files: optional(sideFiles) }),
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
 * above it silences a rule there, and `postern-ignore-file: id` in the whole file.
 */
export const audit = guarded((input: AuditInput): AuditFinding[] => auditFiles(input), {
  input: objectOf({
    major,
    hba: optional(textOr(parsedHba)),
    conf: optional(textOr(parsedConf)),
    hosts: optional(textOr(parsedHosts)),
  }),
});

/**
 * What the files of a server lose or change when another major reads them, in either direction: rules and settings that it
 * rejects (critical: the server doesn't start), rules that it reads differently, defaults that change, and other words
 * in the log. A fix is for the file that the other major reads.
 */
export const upgradeReport = guarded((input: UpgradeInput): UpgradeFinding[] => reportOf(input), {
  input: objectOf({ hba: optional(text), conf: optional(text), files: optional(sideFiles), from: major, to: major }),
});
