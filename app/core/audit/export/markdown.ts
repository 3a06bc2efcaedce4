import { type Markdown, markdown, mdCode, mdFence, mdLink, mdText } from '../../quote/markdown.ts';
import { VERSION } from '../../version.ts';
import type { AuditSeverity } from '../rule.ts';
import { type AuditReport, type ReportFinding, reportFindings, SEVERITIES } from './report.ts';

const HEADING: Readonly<Record<AuditSeverity, Markdown>> = {
  critical: markdown`Critical`,
  warning: markdown`Warnings`,
  notice: markdown`Notices`,
};

/**
 * The findings as Markdown for a ticket: a table of figures, then each finding by severity with its line, why it matters
 * and its sources; what comments silence stands at the end. Text of the files is code, so that nothing in it is markup, a
 * link or the name of a person to notify.
 */
export function markdownReport(report: AuditReport): string {
  const all = reportFindings(report);
  const open = all.filter(({ finding }) => !finding.silenced);
  const silenced = all.filter(({ finding }) => finding.silenced);
  const files = [report.hba, report.conf].flatMap((file) => (file ? [codeOf(file.name)] : []));
  const lines: Markdown[] = [
    markdown`# Audit of ${files.length > 0 ? joined(files, ' and ') : markdown`no file`}`,
    markdown``,
    mdText(`Read as PostgreSQL ${report.major} reads it, by Postern ${VERSION}.`),
    markdown``,
    markdown`| severity | findings |`,
    markdown`| --- | ---: |`,
    ...SEVERITIES.map((severity) => {
      const count = open.filter(({ finding }) => finding.severity === severity).length;
      return markdown`| ${mdText(severity)} | ${count} |`;
    }),
    ...(silenced.length > 0 ? [markdown`| silenced by a comment | ${silenced.length} |`] : []),
    ...SEVERITIES.flatMap((severity) => {
      const found = open.filter(({ finding }) => finding.severity === severity);
      return found.length === 0 ? [] : [markdown``, markdown`## ${HEADING[severity]}`, ...found.flatMap(section)];
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

function section({ finding, file, line }: ReportFinding): Markdown[] {
  return [
    markdown``,
    markdown`### ${mdText(finding.title)}`,
    markdown``,
    markdown`${place(file, finding.line)}, rule ${mdCode(finding.id)}: ${fileText(finding.message)}`,
    ...(line ? [markdown``, ...mdFence('text', visible(line.raw.replace(/\r?\n$/, '')).split('\n'))] : []),
    markdown``,
    mdText(finding.why),
    ...(finding.fix ? [markdown``, markdown`Postern has a fix: ${mdText(finding.fix.title)}.`] : []),
    markdown``,
    ...finding.references.map(({ title, url }) => markdown`- ${mdText(title)}: ${mdLink(url)}`),
  ];
}

const place = (file: string, line: number | undefined): Markdown =>
  line === undefined ? codeOf(file) : markdown`${codeOf(file)} line ${line}`;

const joined = (parts: readonly Markdown[], separator: string) => parts.join(separator) as Markdown;

/** Text with something of a file in it: as it is where it is plain words, else as code, which nobody makes a link of. */
const fileText = (text: string): Markdown =>
  /^[\p{L}\p{N} .,;:()'"/+%=_-]+$/u.test(text) && !/:\/\/|www\.|:[a-z0-9_+-]+:/i.test(text)
    ? mdText(text)
    : codeOf(text);

const codeOf = (text: string): Markdown => mdCode(visible(text).replaceAll('\n', '\\n') || ' ');

/** Characters that reorder, hide or end text, spelled out; line breaks and tabs stay. */
const visible = (text: string): string =>
  text.replace(
    /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
