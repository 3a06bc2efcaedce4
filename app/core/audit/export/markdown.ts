import { shownBytes } from '../../bytes/bytes.ts';
import { spelledOut } from '../../plan/unseen.ts';
import { type Markdown, markdown, mdCode, mdFence, mdLink, mdText } from '../../quote/markdown.ts';
import { SEVERITIES, type Severity } from '../../severity.ts';
import { VERSION } from '../../version.ts';
import { type AuditReport, type ReportFinding, reportFindings } from './report.ts';

const NAME: Readonly<Record<Severity, Markdown>> = {
  critical: markdown`Critical`,
  high: markdown`High`,
  medium: markdown`Medium`,
  low: markdown`Low`,
  info: markdown`Info`,
};

/**
 * The findings as Markdown for a ticket: a table of figures, then each rule by severity with the lines that it found,
 * the reason why it matters and its sources; findings that comments silence are at the end. Text from the files is formatted as
 * code, so that it cannot become markup, a link or a mention.
 */
export function markdownReport(report: AuditReport): string {
  const all = reportFindings(report);
  const open = all.filter(({ finding }) => !finding.silenced);
  const silenced = all.filter(({ finding }) => finding.silenced);
  const files = [report.hba, report.conf].flatMap((file) => (file ? [codeOf(file.name)] : []));
  const lines: Markdown[] = [
    markdown`# Audit of ${files.length > 0 ? joined(files, ' and ') : markdown`no file`}`,
    markdown``,
    mdText(`Evaluated as PostgreSQL ${report.major} by Postern ${VERSION}.`),
    markdown``,
    markdown`| Severity | Findings |`,
    markdown`| --- | ---: |`,
    ...SEVERITIES.map((severity) => {
      const count = open.filter(({ finding }) => finding.severity === severity).length;
      return markdown`| ${NAME[severity]} | ${count} |`;
    }),
    ...(silenced.length > 0 ? [markdown`| Silenced by a comment | ${silenced.length} |`] : []),
    ...SEVERITIES.flatMap((severity) => {
      const found = open.filter(({ finding }) => finding.severity === severity);
      return found.length === 0 ? [] : [markdown``, markdown`## ${NAME[severity]}`, ...byRule(found).flatMap(section)];
    }),
    ...(silenced.length === 0
      ? []
      : [
          markdown``,
          markdown`## Silenced by a comment`,
          markdown``,
          ...silenced.map(({ finding, file }) => markdown`- ${mdText(finding.title)}, ${place(file, finding.line)}`),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The findings of each rule together, in the order of their first ones. */
const byRule = (found: readonly ReportFinding[]): readonly OfRule[] => {
  const groups = new Map<string, [ReportFinding, ...ReportFinding[]]>();
  for (const one of found) {
    const group = groups.get(one.finding.id);
    if (group) group.push(one);
    else groups.set(one.finding.id, [one]);
  }
  return [...groups.values()];
};

/** Findings of one rule, at least one. */
type OfRule = readonly [ReportFinding, ...ReportFinding[]];

function section(found: OfRule): Markdown[] {
  const [{ finding: rule }] = found;
  const fixes = [...new Set(found.flatMap(({ finding }) => finding.fix?.title ?? []))];
  return [
    markdown``,
    markdown`### ${mdText(rule.title)}`,
    ...found.flatMap(({ finding, file, line }) => [
      markdown``,
      markdown`${place(file, finding.line)}, rule ${mdCode(finding.id)}: ${fileText(finding.message)}`,
      ...(line ? [markdown``, ...mdFence('text', visible(line.raw.replace(/\r?\n$/, '')).split('\n'))] : []),
    ]),
    markdown``,
    mdText(rule.why),
    ...fixes.flatMap((title) => [markdown``, markdown`Postern has a fix: ${mdText(title)}.`]),
    markdown``,
    ...rule.references.map(({ title, url }) => markdown`- ${mdText(title)}: ${mdLink(url)}`),
  ];
}

const place = (file: string, line: number | undefined): Markdown =>
  line === undefined ? codeOf(file) : markdown`${codeOf(file)} line ${line}`;

const joined = (parts: readonly Markdown[], separator: string) => parts.join(separator) as Markdown;

/**
 * Text that contains something from a file: unchanged if it consists of plain words, else as code, which is never
 * linked.
 */
const fileText = (text: string): Markdown =>
  /^[\p{L}\p{N} .,;:()'"/+%=_-]+$/u.test(text) && !/:\/\/|www\.|:[a-z0-9_+-]+:/i.test(text)
    ? mdText(text)
    : codeOf(text);

const codeOf = (text: string): Markdown => mdCode(visible(text).replaceAll('\n', '\\n') || ' ');

/** Invisible characters are written out, except line breaks and tabs. */
const visible = (text: string): string => shownBytes(text).replace(/[^\n\t]+/gu, spelledOut);
