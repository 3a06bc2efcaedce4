import { shownBytes } from '../../bytes/bytes.ts';
import { jsonDocument } from '../../quote/json.ts';
import type { Severity } from '../../severity.ts';
import { VERSION } from '../../version.ts';
import type { Fix, Reference } from '../rule.ts';
import { type AuditReport, isUtf8, reportFindings, reportLines } from './report.ts';

/** The document that `jsonReport` writes. Keys are only added; a change of meaning gets a new `version`. */
export interface AuditDocument {
  readonly format: 'postern-audit';
  /** 2: severities are `critical`, `high`, `medium`, `low` and `info`; in 1 they were `critical`, `warning` and `notice`. */
  readonly version: 2;
  readonly tool: { readonly name: 'Postern'; readonly version: string };
  /** The major by whose rules the files were read. */
  readonly postgresqlMajor: number;
  /** The names of the files, as given. */
  readonly files: { readonly 'pg_hba.conf'?: string; readonly 'postgresql.conf'?: string };
  /** How many of each severity, without what comments silence, and how many those are. */
  readonly summary: Readonly<Record<Severity | 'silenced', number>>;
  /** The rules with findings, in the order of their first ones, each with the indexes of its `findings`. */
  readonly rules: readonly { readonly rule: string; readonly findings: readonly number[] }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: Severity;
    /** The file that holds it, which may be an included one. */
    readonly file: string;
    /** Counted from 1; null for findings about something missing. */
    readonly line: number | null;
    /** The line itself, with bytes that are not UTF-8 written as `\xE9`; null where its text is not available. */
    readonly text: string | null;
    readonly title: string;
    readonly message: string;
    readonly why: string;
    /** A comment in the file silences the rule here. */
    readonly silenced: boolean;
    /** Identical for the same finding in a later report, also if lines were added above it. */
    readonly fingerprint: string;
    /**
     * Edits by logical line of the named file, applied all at once; null where a person has to decide, and where they
     * touch bytes that are not UTF-8.
     */
    readonly fix: Pick<Fix, 'title' | 'file' | 'edits'> | null;
    /** Why a fix that the rule suggests isn't offered; null if there is none, or it is offered. */
    readonly withheld: string | null;
    readonly references: readonly Reference[];
  }[];
}

/** The findings as a JSON document of the shape `AuditDocument`, indented, ending with a newline. */
export function jsonReport(report: AuditReport): string {
  const counts = (severity: Severity) =>
    report.findings.filter((finding) => finding.severity === severity && !finding.silenced).length;
  const lineAt = reportLines(report);
  const document: AuditDocument = {
    format: 'postern-audit',
    version: 2,
    tool: { name: 'Postern', version: VERSION },
    postgresqlMajor: report.major,
    files: {
      ...(report.hba ? { 'pg_hba.conf': report.hba.name } : {}),
      ...(report.conf ? { 'postgresql.conf': report.conf.name } : {}),
    },
    summary: {
      critical: counts('critical'),
      high: counts('high'),
      medium: counts('medium'),
      low: counts('low'),
      info: counts('info'),
      silenced: report.findings.filter(({ silenced }) => silenced).length,
    },
    rules: placesOf(report),
    findings: reportFindings(report).map(({ finding, file, line, fingerprint }) => ({
      rule: finding.id,
      severity: finding.severity,
      file,
      line: finding.line ?? null,
      text: line ? shownBytes(line.raw.replace(/\r?\n$/, '')) : null,
      title: finding.title,
      message: finding.message,
      why: finding.why,
      silenced: finding.silenced ?? false,
      fingerprint,
      fix: finding.fix && isUtf8(finding.fix, (at) => lineAt(finding.file, at)) ? editsOf(finding.fix) : null,
      withheld: finding.withheld ?? null,
      references: finding.references,
    })),
  };
  return jsonDocument(document);
}

const editsOf = ({ title, file, edits }: Fix) => ({ title, file, edits });

function placesOf({ findings }: AuditReport): AuditDocument['rules'] {
  const places = new Map<string, number[]>();
  for (const [at, { id }] of findings.entries()) places.set(id, [...(places.get(id) ?? []), at]);
  return [...places].map(([rule, found]) => ({ rule, findings: found }));
}
