import { jsonDocument } from '../../quote/json.ts';
import { VERSION } from '../../version.ts';
import type { AuditSeverity, Fix, Reference } from '../rule.ts';
import { type AuditReport, reportFindings, SEVERITIES } from './report.ts';

/** The document that `jsonReport` writes. Keys are only ever added; a change of meaning is another `version`. */
export interface AuditDocument {
  readonly format: 'postern-audit';
  readonly version: 1;
  readonly tool: { readonly name: 'Postern'; readonly version: string };
  /** The major whose reading of the files this is. */
  readonly postgresqlMajor: number;
  /** The names of the files, as they were given. */
  readonly files: { readonly 'pg_hba.conf'?: string; readonly 'postgresql.conf'?: string };
  /** How many of each severity, without what comments silence, and how many those are. */
  readonly summary: Readonly<Record<AuditSeverity | 'silenced', number>>;
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: AuditSeverity;
    /** The file that holds it, which may be an included one. */
    readonly file: string;
    /** From 1; null for what is missing. */
    readonly line: number | null;
    /** The line itself, null where it is not at hand. */
    readonly text: string | null;
    readonly title: string;
    readonly message: string;
    readonly why: string;
    /** A comment in the file silences the rule here. */
    readonly silenced: boolean;
    /** The same for the same finding in a later report, also where lines were added above. */
    readonly fingerprint: string;
    /** Edits by logical line of the named file, all at once; null where a person has to think. */
    readonly fix: Fix | null;
    readonly references: readonly Reference[];
  }[];
}

/** The findings as a JSON document of the shape `AuditDocument`, indented, with a line end. */
export function jsonReport(report: AuditReport): string {
  const counts = (severity: AuditSeverity) =>
    report.findings.filter((finding) => finding.severity === severity && !finding.silenced).length;
  const [critical, warning, notice] = SEVERITIES.map(counts);
  const document: AuditDocument = {
    format: 'postern-audit',
    version: 1,
    tool: { name: 'Postern', version: VERSION },
    postgresqlMajor: report.major,
    files: {
      ...(report.hba ? { 'pg_hba.conf': report.hba.name } : {}),
      ...(report.conf ? { 'postgresql.conf': report.conf.name } : {}),
    },
    summary: {
      critical: critical ?? 0,
      warning: warning ?? 0,
      notice: notice ?? 0,
      silenced: report.findings.filter(({ silenced }) => silenced).length,
    },
    findings: reportFindings(report).map(({ finding, file, line, fingerprint }) => ({
      rule: finding.id,
      severity: finding.severity,
      file,
      line: finding.line ?? null,
      text: line ? line.raw.replace(/\r?\n$/, '') : null,
      title: finding.title,
      message: finding.message,
      why: finding.why,
      silenced: finding.silenced ?? false,
      fingerprint,
      fix: finding.fix ?? null,
      references: finding.references,
    })),
  };
  return jsonDocument(document);
}
