import { shownBytes } from '../../bytes/bytes.ts';
import { jsonDocument } from '../../quote/json.ts';
import { fileUri } from '../../quote/uri.ts';
import type { Severity } from '../../severity.ts';
import { VERSION } from '../../version.ts';
import { confRules } from '../conf-rules.ts';
import { hostsRules } from '../hosts-rules.ts';
import type { Fix, Rule } from '../rule.ts';
import { hbaRules } from '../rules.ts';
import { versionRules } from '../version-rules.ts';
import {
  type AuditReport,
  fileOf,
  isUtf8,
  type ReportFinding,
  type ReportLine,
  reportFindings,
  reportLines,
} from './report.ts';

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/**
 * The findings as a SARIF 2.1.0 log (OASIS), for code scanning and editors: one run that lists every rule that was
 * checked. A finding that a comment silences is a result with a suppression. A fix is included if it edits a given
 * file; columns count UTF-16 code units.
 */
export function sarifReport(report: AuditReport): string {
  const tried = [
    ...(report.hba ? hbaRules : []),
    ...(report.conf ? confRules : []),
    ...hostsRules.filter(({ id }) => report.findings.some((finding) => finding.id === id)),
    ...versionRules,
  ];
  const ruleIndex = new Map(tried.map(({ id }, index) => [id, index]));
  const lineAt = reportLines(report);
  const results = reportFindings(report).map((found) => result(report, found, ruleIndex.get(found.finding.id), lineAt));
  const files = [report.hba, report.conf].flatMap((file) => (file ? [file] : []));
  return jsonDocument({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Postern', version: VERSION, semanticVersion: VERSION, rules: tried.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map(({ name }) => ({
          location: { uri: fileUri(name) },
          mimeType: 'text/plain',
          roles: ['analysisTarget'],
        })),
        results,
        properties: { postgresqlMajor: report.major },
      },
    ],
  });
}

/** What GitHub sorts security findings by, of 10. */
const SCORE: Readonly<Record<Severity, string>> = {
  critical: '9.0',
  high: '7.5',
  medium: '5.0',
  low: '2.5',
  info: '0.0',
};

function ruleOf({ id, severity, title, why, wrong, right, references }: Rule<never>) {
  const [first] = references;
  const sources = references.map((reference) => `${reference.title}: ${reference.url}`);
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: [why, `Wrong:\n${wrong}`, `Right:\n${right}`, ...sources].join('\n\n') },
    ...(first ? { helpUri: first.url } : {}),
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { severity, tags: ['security', 'postgresql'], 'security-severity': SCORE[severity], references },
  };
}

type LineAt = ReturnType<typeof reportLines>;

function result(report: AuditReport, found: ReportFinding, ruleIndex: number | undefined, lineAt: LineAt) {
  const { finding, file, line, fingerprint } = found;
  return {
    ruleId: finding.id,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVEL[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: fileUri(file) },
          ...(finding.line === undefined ? {} : { region: regionOf(finding.line, line) }),
        },
      },
    ],
    partialFingerprints: { 'posternFinding/v1': fingerprint },
    ...(finding.silenced ? { suppressions: [{ kind: 'inSource', status: 'accepted' }] } : {}),
    ...(finding.fix ? fixesOf(report, finding.fix, lineAt) : {}),
  };
}

/** The physical lines that a logical line spans, without the last one's line ending. */
function regionOf(startLine: number, line: ReportLine | undefined) {
  const more = line ? physicalLines(line) - 1 : 0;
  return {
    startLine,
    ...(more > 0 ? { endLine: startLine + more } : {}),
    ...(line ? { snippet: { text: shownBytes(withoutEnd(line.raw)) } } : {}),
  };
}

const withoutEnd = (raw: string) => raw.replace(/\r?\n$/, '');

const physicalLines = ({ raw }: ReportLine) => withoutEnd(raw).split('\n').length;

/**
 * Empty if an edit refers to a line that the given text does not have, to bytes that are not UTF-8, or to a file whose
 * lines cannot be counted because of its NULs.
 */
function fixesOf(report: AuditReport, fix: Fix, lineAt: LineAt) {
  const { title, file, edits } = fix;
  const audited = fileOf(report, file);
  if (!audited || audited.text.includes('\0') || !isUtf8(fix, (line) => lineAt(file, line))) return {};
  const end = audited.text.includes('\r\n') ? '\r\n' : '\n';
  const replacements = edits.map((edit) => {
    const line = lineAt(file, edit.line);
    return line && replacement(edit, line, end);
  });
  const whole = replacements.filter((one) => one !== undefined);
  if (whole.length === 0 || whole.length < edits.length) return {};
  const artifactChanges = [{ artifactLocation: { uri: fileUri(audited.name) }, replacements: whole }];
  return { fixes: [{ description: { text: title }, artifactChanges }] };
}

function replacement(edit: Fix['edits'][number], line: ReportLine, end: string) {
  const { number: startLine, raw } = line;
  const start = { startLine, startColumn: 1 };
  const last = startLine + physicalLines(line) - 1;
  const textEnd = { endLine: last, endColumn: (withoutEnd(raw).split('\n').at(-1)?.length ?? 0) + 1 };
  if (edit.kind === 'insert')
    return {
      deletedRegion: { ...start, endLine: startLine, endColumn: 1 },
      insertedContent: { text: `${edit.text}${end}` },
    };
  if (edit.kind === 'replace') return { deletedRegion: { ...start, ...textEnd }, insertedContent: { text: edit.text } };
  return { deletedRegion: { ...start, ...(raw.endsWith('\n') ? { endLine: last + 1, endColumn: 1 } : textEnd) } };
}
