import { holdsEscapedBytes, shownBytes } from '../../bytes/bytes.ts';
import { linesOf } from '../../postgres/conf/conf.ts';
import { rawLines } from '../../postgres/hba/lines.ts';
import { withinLimits } from '../../postgres/hba/tokenize.ts';
import type { AuditFinding } from '../audit.ts';
import type { Fix, Hit } from '../rule.ts';

/** A file that was audited. */
export interface AuditedFile {
  /** Its name or path as the reader of the report knows it. */
  readonly name: string;
  readonly text: string;
}

/** The input of the exports. */
export interface AuditReport {
  readonly major: number;
  /** What `audit` found in the files; includes findings that comments silence if these were requested. */
  readonly findings: readonly AuditFinding[];
  readonly hba?: AuditedFile;
  readonly conf?: AuditedFile;
}

/** A line of an audited file as the findings count: a logical line, so it may span several physical ones. */
export interface ReportLine {
  readonly number: number;
  readonly raw: string;
}

/** A finding with the text of its line. */
export interface ReportFinding {
  readonly finding: AuditFinding;
  /** The file that contains it, which may be an included one. */
  readonly file: string;
  /** The line, if it is in a file whose text was given. */
  readonly line?: ReportLine;
  /**
   * Identifies the finding across reports: computed from the rule, the file and the text of the line, not from its
   * position. 16 hexadecimal digits.
   */
  readonly fingerprint: string;
}

export const fileOf = (report: AuditReport, file: Hit['file']): AuditedFile | undefined =>
  file === 'pg_hba.conf' ? report.hba : report.conf;

/** The lines of both files by number. */
export function reportLines(report: AuditReport): (file: Hit['file'], number: number) => ReportLine | undefined {
  const byNumber = (lines: Iterable<ReportLine>) => {
    const found = new Map<number, ReportLine>();
    for (const { number, raw } of lines) found.set(number, { number, raw });
    return found;
  };
  const hba = report.hba?.text ?? '';
  const lines = {
    'pg_hba.conf': byNumber(withinLimits(hba) ? rawLines(hba, report.major) : []),
    'postgresql.conf': byNumber(linesOf(report.conf?.text ?? '')),
  };
  return (file, number) => lines[file].get(number);
}

/** Whether a UTF-8 document can represent a fix. */
export const isUtf8 = (fix: Fix, lineAt: (number: number) => ReportLine | undefined): boolean =>
  fix.edits.every((edit) => !holdsEscapedBytes(`${lineAt(edit.line)?.raw ?? ''}${'text' in edit ? edit.text : ''}`));

/** The findings in the order of the audit, each with its line and its fingerprint. */
export function reportFindings(report: AuditReport): ReportFinding[] {
  const lineAt = reportLines(report);
  const times = new Map<string, number>();
  return report.findings.map((finding) => {
    const { id, included, line: number, message } = finding;
    const line = included === undefined && number !== undefined ? lineAt(finding.file, number) : undefined;
    const file = included ?? fileOf(report, finding.file)?.name ?? finding.file;
    const says = line ? line.raw.trim().replace(/\s+/g, ' ') : message;
    const key = [id, included ?? finding.file, says].join('\n');
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    return {
      finding: { ...finding, message: shownBytes(finding.message) },
      file: shownBytes(file),
      ...(line ? { line } : {}),
      fingerprint: fingerprint(`${key}\n${time}`),
    };
  });
}

/** FNV-1a of 64 bits over UTF-16 code units: distinguishes findings; it is not cryptographic. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++)
    hash = ((hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}
