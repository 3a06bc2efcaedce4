import { describe, expect, test } from 'vitest';
import type { Edit } from '../../postgres/edit-lines.ts';
import type { AuditFinding } from '../audit.ts';
import { versionRules } from '../version-rules.ts';
import { type AuditDocument, jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';
import { type AuditReport, reportFindings } from './report.ts';
import { sarifReport } from './sarif.ts';

const found: AuditFinding = {
  id: 'a-rule',
  severity: 'low',
  file: 'pg_hba.conf',
  line: 2,
  title: 'A title',
  why: 'A reason.',
  message: 'A message.',
  references: [{ title: 'A page', url: 'https://example.org/page' }],
};
const HBA = 'local all all peer\nhost all all 10.0.0.0/8 md5\n';
const report = (more: Partial<AuditFinding>, files: Partial<AuditReport> = {}): AuditReport => ({
  major: 18,
  findings: [{ ...found, ...more }],
  hba: { name: 'pg_hba.conf', text: HBA },
  ...files,
});
const fingerprints = (...findings: readonly Partial<AuditFinding>[]) =>
  reportFindings({
    major: 18,
    findings: findings.map((more) => ({ ...found, ...more })),
    hba: { name: 'pg_hba.conf', text: `${HBA}host  all\tall 10.0.0.0/8   md5\n${HBA}` },
    conf: { name: 'postgresql.conf', text: 'port = 1\n' },
  }).map(({ fingerprint }) => fingerprint);

describe('a fingerprint', () => {
  test('is the same in every version of Postern', () => {
    expect(fingerprints({ id: 'md5-method' }, { id: 'md5-method', line: 5 })).toEqual([
      '400806903fa63e91',
      '400803903fa63978',
    ]);
  });

  test('does not depend on the space between fields', () => {
    const [two] = fingerprints({ line: 2 });
    const [three] = fingerprints({ line: 3 });
    expect(three).toBe(two);
  });

  test('depends on the rule, the file, the text, and how often it occurred', () => {
    const all = fingerprints(
      {},
      {},
      { id: 'another' },
      { line: 1 },
      { file: 'postgresql.conf', line: 1 },
      { included: 'x.conf' },
      { included: 'y.conf' },
    );
    expect(new Set(all).size).toBe(all.length);
  });

  test('depends on the message where there is no line', () => {
    const { line: _, ...whole } = found;
    const of = (message: string) =>
      reportFindings({ major: 18, findings: [{ ...whole, message }] }).map(({ fingerprint }) => fingerprint);
    expect(of('one')).not.toEqual(of('two'));
    expect(of('one')).toEqual(of('one'));
  });
});

describe('the place of a finding', () => {
  test('is the included file, without its line', () => {
    const [only] = reportFindings(report({ included: 'x.conf', line: 2 }));
    expect(only).toMatchObject({ file: 'x.conf' });
    expect(only).not.toHaveProperty('line');
  });

  test('is the name of the audited file', () => {
    const hba = { name: '/etc/pg_hba.conf', text: HBA };
    expect(reportFindings(report({}, { hba }))[0]).toMatchObject({ file: '/etc/pg_hba.conf', line: { number: 2 } });
  });

  test('has no line where the file is larger than PostgreSQL reads, or has fewer lines', () => {
    expect(reportFindings(report({ line: 9 }))[0]).not.toHaveProperty('line');
    const { line: _, ...whole } = found;
    expect(JSON.parse(jsonReport({ ...report({}), findings: [whole] })).findings[0]).toMatchObject({
      line: null,
      text: null,
    });
  });
});

describe('text of a file in Markdown', () => {
  const message = (text: string) =>
    markdownReport(report({ message: text }))
      .split('rule `a-rule`: ')[1]
      ?.split('\n')[0];
  test.each([
    ['Plain words, 100 %: "a" + b = c.', 'Plain words, 100 %: "a" + b = c.'],
    ['', '` `'],
    ['ask @admin', '`ask @admin`'],
    ['@admin', '`@admin`'],
    ['see https://evil.example', '`see https://evil.example`'],
    ['at www.evil.example', '`at www.evil.example`'],
    ['at WWW.evil.example', '`at WWW.evil.example`'],
    ['so :+1: it', '`so :+1: it`'],
    ['so :smile_1: it', '`so :smile_1: it`'],
    ['a <b> c', '`a <b> c`'],
    ['two\nlines\nand three', '`two\\nlines\\nand three`'],
  ])('%j is written as %j', (text, written) => expect(message(text)).toBe(written));

  test('a name that is empty or invisible is written out', () => {
    const named = (name: string) => markdownReport(report({}, { hba: { name, text: HBA } })).split('\n')[0];
    expect(named('')).toBe('# Audit of ` `');
    expect(named('a\u200bb')).toBe('# Audit of `a[U+200B]b`');
    expect(named('a\nb')).toBe('# Audit of `a\\nb`');
  });
});

describe('a fix in SARIF', () => {
  const fixOf = (edits: readonly Edit[], text = HBA, files: Partial<AuditReport> = {}) => {
    const fix = { title: 'Fix', file: 'pg_hba.conf', edits, promise: { kind: 'same' } } as const;
    const log = JSON.parse(sarifReport(report({ fix }, { hba: { name: 'pg_hba.conf', text }, ...files })));
    return log.runs[0].results[0].fixes?.[0].artifactChanges[0].replacements;
  };
  const insert = { kind: 'insert', line: 2, text: 'new' } as const;

  test.each([
    ['\n', HBA],
    ['\r\n', HBA.replaceAll('\n', '\r\n')],
    ['\n', ''],
  ])('inserts a line that ends with %j as the file does', (end, text) => {
    const line = text === '' ? 1 : 2;
    expect(fixOf([{ ...insert, line }], text === '' ? 'x' : text)).toEqual([
      {
        deletedRegion: { startLine: line, startColumn: 1, endLine: line, endColumn: 1 },
        insertedContent: { text: `new${end}` },
      },
    ]);
  });

  test('removes a line with its end, and the last one without', () => {
    const remove = { kind: 'delete', line: 2 } as const;
    expect(fixOf([remove])).toEqual([{ deletedRegion: { startLine: 2, startColumn: 1, endLine: 3, endColumn: 1 } }]);
    expect(fixOf([remove], HBA.trimEnd())).toEqual([
      { deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 28 } },
    ]);
  });

  test('is left out where an edit has no line, the file a NUL, or the file is not given', () => {
    expect(fixOf([insert, { ...insert, line: 9 }])).toBeUndefined();
    expect(fixOf([])).toBeUndefined();
    expect(fixOf([insert], `${HBA}# \0\n`)).toBeUndefined();
    const { hba: _, ...none } = report({
      fix: { title: 'Fix', file: 'pg_hba.conf', edits: [insert], promise: { kind: 'same' } },
    });
    expect(JSON.parse(sarifReport(none)).runs[0].results[0]).not.toHaveProperty('fixes');
  });

  test('is left out where any of its edits has bytes that are not UTF-8', () => {
    expect(fixOf([insert, { ...insert, text: 'caf\udce9' }])).toBeUndefined();
    expect(fixOf([{ ...insert, line: 1 }, insert], `local all caf\udce9 peer\n${HBA}`)).toBeUndefined();
  });

  test('a log has only the rules of the files that were given, and no index for a rule that it does not know', () => {
    const rules = (files: Partial<AuditReport>) =>
      JSON.parse(sarifReport({ major: 18, findings: [found], ...files })).runs[0];
    const [hba, conf] = [
      { name: 'a', text: '' },
      { name: 'b', text: '' },
    ];
    const count = (files: Partial<AuditReport>) => rules(files).tool.driver.rules.length;
    // Those about the version need no file.
    expect(count({})).toBe(versionRules.length);
    expect(count({ hba })).toBeGreaterThan(10);
    expect(count({ conf })).toBeGreaterThan(5);
    expect(count({ hba, conf })).toBe(count({ hba }) + count({ conf }) - count({}));
    expect(rules({ hba }).results[0]).not.toHaveProperty('ruleIndex');
  });
});

test('the summary counts each severity without what comments silence', () => {
  const { summary } = JSON.parse(
    jsonReport({ major: 18, findings: [found, { ...found, silenced: true }, { ...found, severity: 'critical' }] }),
  ) as AuditDocument;
  expect(summary).toEqual({ critical: 1, high: 0, medium: 0, low: 1, info: 0, silenced: 1 });
});
