import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import fc from 'fast-check';
import { marked, type Token } from 'marked';
import { describe, expect, test } from 'vitest';
import { fileUri } from '../../quote/uri.ts';
import { SEVERITIES } from '../../severity.ts';
import { VERSION } from '../../version.ts';
import { type AuditFinding, audit } from '../audit.ts';
import { confRules } from '../conf-rules.ts';

import { hbaRules } from '../rules.ts';
import { versionRules } from '../version-rules.ts';
import { type AuditDocument, jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';
import type { AuditReport } from './report.ts';
import { sarifReport } from './sarif.ts';

const require = createRequire(import.meta.url);
const schema = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv({ schemaId: 'auto', allErrors: true, logger: false });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
const valid = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));

const reportOf = (hba: string, conf: string, major = 18): AuditReport => ({
  major,
  findings: audit({ hba, conf, major, silenced: true }),
  hba: { name: 'pg_hba.conf', text: hba },
  conf: { name: 'postgresql.conf', text: conf },
});

/** The wrong example of every rule, in one file of each kind. */
const everything = reportOf(
  hbaRules.map(({ wrong }) => wrong).join('\n'),
  confRules.map(({ wrong }) => wrong).join('\n'),
);

interface Region {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}
interface Sarif {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri: string }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly { readonly kind: string }[];
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region?: Region };
      }[];
      readonly fixes?: readonly {
        readonly artifactChanges: readonly {
          readonly artifactLocation: { readonly uri: string };
          readonly replacements: readonly {
            readonly deletedRegion: Region;
            readonly insertedContent?: { text: string };
          }[];
        }[];
      }[];
    }[];
  }[];
}
const sarifOf = (report: AuditReport) => JSON.parse(sarifReport(report)) as Sarif;
const resultsOf = (report: AuditReport) => sarifOf(report).runs[0]?.results ?? [];

/** Lines of real and of hostile files, for any position. */
const hostile = fc.oneof(
  fc.constantFrom(
    'host all all 0.0.0.0/0 trust',
    'local all all trust',
    '# postern-ignore-file: trust-over-tcp',
    'host "```\t@admin" all all trust',
    'host all "<script>alert(1)</script>" 10.0.0.1 md5',
    'host all "[x](https://evil.example)" all password',
    'host https://evil.example @team 10.1.2.3/8 \\',
    'host all www.evil.example 010.0.0.1/8 ident',
    'shared_buffers = `~~~`',
    "work_mem = '~~~ ``` <b>'",
    'host all all 1.2.3.4/5 md5 # \u202e\ud800 \r',
    '| a | b |',
    '# ## heading',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const file = fc.array(hostile, { maxLength: 8 }).map((lines) => lines.join('\n'));

describe('the findings as SARIF', () => {
  test('every existing rule produces a log that is valid under the SARIF 2.1.0 schema', () => {
    expect(valid(JSON.parse(sarifReport(everything)), 'sarif'), ajv.errorsText(valid.errors)).toBe(true);
    const found = new Set(everything.findings.map(({ id }) => id));
    expect([...hbaRules, ...confRules].filter(({ id }) => found.has(id)).length).toBeGreaterThan(30);
  });

  test('hostile files and names produce a log that is valid under the schema', () => {
    fc.assert(
      fc.property(file, file, fc.string({ unit: 'binary' }), fc.constantFrom(11, 16, 18), (hba, conf, name, major) => {
        const report = reportOf(hba, conf, major);
        const log: unknown = JSON.parse(sarifReport({ ...report, hba: { name, text: hba } }));
        expect(valid(log), ajv.errorsText(valid.errors)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a result names its rule, its level, its line and its suppression', () => {
    const hba = 'local all all peer\n# postern-ignore: trust-over-tcp\nhost all all 10.0.0.1/32 trust\n';
    const [result] = resultsOf(reportOf(hba, '')).filter(({ ruleId }) => ruleId === 'trust-over-tcp');
    expect(result).toMatchObject({
      ruleIndex: hbaRules.findIndex(({ id }) => id === 'trust-over-tcp'),
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'pg_hba.conf' }, region: { startLine: 3 } } }],
      suppressions: [{ kind: 'inSource', status: 'accepted' }],
    });
    const open = resultsOf(reportOf(hba.replace('postern-ignore', 'nothing'), ''));
    expect(open.find(({ ruleId }) => ruleId === 'trust-over-tcp')).not.toHaveProperty('suppressions');
  });

  test('a log has the tool, the rules tried, the files and each finding with all its lines', () => {
    const hba = 'local all all peer\nhost all \\\n  all 10.0.0.0/8 md5\n';
    const { conf: _, ...report } = reportOf(hba, 'log_connections = on\n');
    const log = JSON.parse(sarifReport(report));
    const [run] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toMatch(/^https:.*sarif-schema-2\.1\.0\.json$/);
    expect({
      ...run,
      results: 0,
      tool: { driver: { ...run.tool.driver, rules: run.tool.driver.rules.length } },
    }).toEqual({
      tool: {
        driver: {
          name: 'Postern',
          version: VERSION,
          semanticVersion: VERSION,
          rules: hbaRules.length + versionRules.length,
        },
      },
      columnKind: 'utf16CodeUnits',
      artifacts: [{ location: { uri: 'pg_hba.conf' }, mimeType: 'text/plain', roles: ['analysisTarget'] }],
      results: 0,
      properties: { postgresqlMajor: 18 },
    });
    const [rule] = hbaRules.filter(({ id }) => id === 'md5-method');
    if (!rule) throw new Error('md5-method is a rule');
    const { id, title, why, wrong, right, references } = rule;
    expect(run.tool.driver.rules.find((one: { id: string }) => one.id === id)).toEqual({
      id,
      shortDescription: { text: title },
      fullDescription: { text: why },
      help: {
        text: `${why}\n\nWrong:\n${wrong}\n\nRight:\n${right}\n\n${references.map((one) => `${one.title}: ${one.url}`).join('\n\n')}`,
      },
      helpUri: references[0]?.url,
      defaultConfiguration: { level: 'warning' },
      properties: { severity: 'medium', tags: ['security', 'postgresql'], 'security-severity': '5.0', references },
    });
    const [result] = run.results.filter((one: { ruleId: string }) => one.ruleId === id);
    expect(result).toEqual({
      ruleId: id,
      ruleIndex: hbaRules.indexOf(rule),
      level: 'warning',
      message: { text: report.findings.find((one) => one.id === id)?.message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'pg_hba.conf' },
            region: { startLine: 2, endLine: 3, snippet: { text: 'host all \\\n  all 10.0.0.0/8 md5' } },
          },
        },
      ],
      partialFingerprints: { 'posternFinding/v1': expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
  });

  test.each([
    ['with a line end after it', 'local all all peer\nhost all all 0.0.0.0/0 trust\n'],
    ['at the end of the file', 'local all all peer\nhost all all 0.0.0.0/0 trust'],
  ])('the fix of a line %s replaces the line and not its end', (_name, hba) => {
    const [result] = resultsOf(reportOf(hba, '')).filter(({ ruleId }) => ruleId === 'trust-over-tcp');
    expect(result?.fixes?.[0]).toMatchObject({
      artifactChanges: [
        {
          artifactLocation: { uri: 'pg_hba.conf' },
          replacements: [{ deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 29 } }],
        },
      ],
    });
  });

  test('a level and a score follow the severity', () => {
    const scores = Object.fromEntries(
      (
        JSON.parse(sarifReport(everything)).runs[0].tool.driver.rules as {
          defaultConfiguration: { level: string };
          properties: { severity: string; 'security-severity': string };
        }[]
      ).map(({ defaultConfiguration: { level }, properties }) => [
        properties.severity,
        [level, properties['security-severity']],
      ]),
    );
    expect(scores).toEqual({
      critical: ['error', '9.0'],
      high: ['error', '7.5'],
      medium: ['warning', '5.0'],
      low: ['note', '2.5'],
      info: ['note', '0.0'],
    });
  });

  test('every rule in the log has a page to read', () => {
    for (const { helpUri } of sarifOf(everything).runs[0]?.tool.driver.rules ?? []) expect(helpUri).toMatch(/^https:/);
  });

  test('a fingerprint does not change when lines are added above, and differs for identical lines', () => {
    const hba = 'host all all 10.0.0.1/32 trust\nhost all all 10.0.0.1/32 trust\n';
    const prints = (text: string) =>
      resultsOf(reportOf(text, ''))
        .filter(({ ruleId }) => ruleId === 'trust-over-tcp')
        .map(({ partialFingerprints }) => partialFingerprints['posternFinding/v1']);
    expect(new Set(prints(hba)).size).toBe(2);
    expect(prints(`# one more\n\n${hba}`)).toEqual(prints(hba));
  });

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('a fix applied by its regions removes the finding, with %s and continuation lines', (_name, end) => {
    let fixed = 0;
    const pairs = [
      ...hbaRules.map(({ id, wrong }) => ({ id, hba: ['local all postgres peer', wrong].join('\n'), conf: '' })),
      { id: 'trust-over-tcp', hba: 'host all \\\n  all 10.0.0.0/8 \\\n trust\nlocal all all peer', conf: '' },
      ...confRules.filter(({ beside }) => !beside).map(({ id, wrong }) => ({ id, hba: '', conf: wrong })),
    ];
    for (const pair of pairs)
      for (const last of ['', end]) {
        const text = { hba: pair.hba.replaceAll('\n', end) + last, conf: pair.conf.replaceAll('\n', end) + last };
        const before = resultsOf(reportOf(text.hba, text.conf)).filter(({ ruleId }) => ruleId === pair.id);
        for (const { fixes } of before)
          for (const { artifactLocation, replacements } of fixes?.[0]?.artifactChanges ?? []) {
            const which = artifactLocation.uri === 'pg_hba.conf' ? 'hba' : 'conf';
            const after = { ...text, [which]: applied(text[which], replacements) };
            const left = resultsOf(reportOf(after.hba, after.conf)).filter(({ ruleId }) => ruleId === pair.id);
            expect(left.length, `${pair.id} in ${JSON.stringify(text)}`).toBeLessThan(before.length);
            fixed++;
          }
      }
    expect(fixed).toBeGreaterThan(20);
  });
});

/** Replacements by line and column, as a SARIF viewer applies them. */
function applied(
  text: string,
  replacements: readonly { readonly deletedRegion: Region; readonly insertedContent?: { readonly text: string } }[],
): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number) => {
    const start = starts[line - 1];
    if (start === undefined) throw new Error(`No line ${line}.`);
    return start + column - 1;
  };
  return replacements
    .map(({ deletedRegion: region, insertedContent }) => ({
      from: offset(region.startLine, region.startColumn ?? 1),
      to: offset(region.endLine ?? region.startLine, region.endColumn ?? 1),
      text: insertedContent?.text ?? '',
    }))
    .toSorted((a, b) => b.from - a.from)
    .reduce((whole, { from, to, text: put }) => whole.slice(0, from) + put + whole.slice(to), text);
}

describe('the findings as Markdown', () => {
  /** Every piece of markup, as a parser for GitHub Flavored Markdown finds it. */
  function pieces(tokens: readonly Token[]): Token[] {
    return tokens.flatMap((token) => {
      const inner = 'tokens' in token && token.type !== 'link' ? (token.tokens ?? []) : [];
      const items = token.type === 'list' ? (token.items as Token[]) : [];
      return [token, ...pieces([...inner, ...items])];
    });
  }

  const urls = new Set([...hbaRules, ...confRules].flatMap(({ references }) => references.map(({ url }) => url)));

  test('nothing in hostile files becomes markup, a heading or a link', () => {
    fc.assert(
      fc.property(file, file, fc.string({ unit: 'binary' }), (hba, conf, name) => {
        const report = { ...reportOf(hba, conf), hba: { name, text: hba } };
        const found = pieces(marked.lexer(markdownReport(report)));
        const open = report.findings.filter(({ silenced }) => !silenced);
        const headings = found.filter(({ type }) => type === 'heading').map((token) => 'depth' in token && token.depth);
        expect(headings.filter((depth) => depth === 3).length).toBe(new Set(open.map(({ id }) => id)).size);
        expect(headings.filter((depth) => depth === 1).length).toBe(1);
        expect(found.filter(({ type }) => ['html', 'image', 'del', 'hr', 'blockquote'].includes(type))).toEqual([]);
        expect(found.filter(({ type }) => type === 'table').length).toBe(1);
        for (const token of found) if (token.type === 'link') expect(urls).toContain(token.href);
        for (const token of found)
          if (token.type === 'text' && !('tokens' in token)) expect(token.raw).not.toMatch(/@|:\/\//);
      }),
      { numRuns: 300 },
    );
  });

  test('a line of the file appears unchanged in its block', () => {
    const line = 'host all "``` <b>"\t10.0.0.0/8 trust';
    const found = pieces(marked.lexer(markdownReport(reportOf(`local all all peer\n${line}\n`, ''))));
    expect(found.filter(({ type }) => type === 'code').map((token) => 'text' in token && token.text)).toContain(line);
  });

  test('has a section for each finding, the worst first, with its lines, reason, fix and sources', () => {
    const hba =
      'local all all peer\nhost all \\\n  all 10.0.0.0/8 md5\n# postern-ignore: trust-over-tcp\nhost all all 10.0.0.1/32 trust\n';
    const { conf: _, ...report } = reportOf(hba, 'log_connections = on\n');
    const lines: Readonly<Record<number, string>> = {
      2: 'host all \\\n  all 10.0.0.0/8 md5',
      5: 'host all all 10.0.0.1/32 trust',
    };
    const section = ({ id, title, line = 0, message, why, fix, references }: AuditFinding) => `### ${title}

\`pg_hba.conf\` line ${line}, rule \`${id}\`: ${message}

\`\`\`text
${lines[line]}
\`\`\`

${why}
${fix ? `\nPostern has a fix: ${fix.title}.\n` : ''}
${references.map((one) => `- ${one.title}: <${one.url}>`).join('\n')}
`;
    const [silenced] = report.findings.filter((one) => one.silenced);
    const of = (severity: string) => report.findings.filter((one) => !one.silenced && one.severity === severity);
    expect(of('high').map(({ id }) => id)).toEqual(['password-without-tls', 'superuser-from-afar']);
    expect(of('medium').map(({ id }) => id)).toEqual(['md5-method', 'contradicting-record']);
    expect(markdownReport(report)).toBe(`# Audit of \`pg_hba.conf\`

Evaluated as PostgreSQL 18 by Postern ${VERSION}.

| Severity | Findings |
| --- | ---: |
| Critical | 0 |
| High | 2 |
| Medium | 2 |
| Low | 0 |
| Info | 0 |
| Silenced by a comment | 1 |

## High

${of('high').map(section).join('\n')}
## Medium

${of('medium').map(section).join('\n')}
## Silenced by a comment

- ${silenced?.title}, \`pg_hba.conf\` line 5
`);
  });

  test('names a report without findings or files for what it is', () => {
    expect(markdownReport({ major: 16, findings: [] })).toBe(`# Audit of no file

Evaluated as PostgreSQL 16 by Postern ${VERSION}.

| Severity | Findings |
| --- | ---: |
| Critical | 0 |
| High | 0 |
| Medium | 0 |
| Low | 0 |
| Info | 0 |
`);
  });

  test('says what was read, how much was found and what is silenced', () => {
    const text = markdownReport(
      reportOf('# postern-ignore: trust-over-tcp\nhost all all 10.0.0.1/32 trust\nlocal all all peer\n', ''),
    );
    expect(text).toContain('# Audit of `pg_hba.conf` and `postgresql.conf`');
    expect(text).toContain('Evaluated as PostgreSQL 18');
    expect(text).toContain('| Silenced by a comment | 1 |');
    expect(text).toMatch(/## Silenced by a comment\n\n- Anyone who can reach the port .*, `pg_hba\.conf` line 2/);
  });
});

test('in Markdown, the findings of one rule are one section with every place', () => {
  const text = markdownReport(
    reportOf(
      'local all all peer\nhostssl all app 10.0.0.0/24 md5\nhostssl all app 10.0.1.0/24 md5\n',
      'log_connections = on\n',
    ),
  );
  const [section = ''] = text.split('### ').filter((one) => one.startsWith('md5'));
  expect(text.match(/### md5/g)?.length).toBe(1);
  expect(section.match(/`pg_hba\.conf` line \d/g)).toEqual(['`pg_hba.conf` line 2', '`pg_hba.conf` line 3']);
  expect(section.match(/Postern has a fix/g)?.length).toBe(1);
});

describe('the findings as JSON', () => {
  test('contain every finding with its line, its fix and its location', () => {
    const hba = 'host all all 10.0.0.0/8 trust\nlocal all all peer\n';
    const document = JSON.parse(jsonReport(reportOf(hba, ''))) as AuditDocument;
    expect(document).toMatchObject({
      format: 'postern-audit',
      version: 2,
      postgresqlMajor: 18,
      files: { 'pg_hba.conf': 'pg_hba.conf', 'postgresql.conf': 'postgresql.conf' },
    });
    expect(document.findings.find(({ rule }) => rule === 'trust-over-tcp')).toMatchObject({
      severity: 'critical',
      file: 'pg_hba.conf',
      line: 1,
      text: 'host all all 10.0.0.0/8 trust',
      silenced: false,
      fix: { edits: [{ kind: 'replace', line: 1 }] },
    });
  });

  test('count the findings that are not silenced by severity', () => {
    const { summary, findings } = JSON.parse(jsonReport(everything)) as AuditDocument;
    for (const severity of SEVERITIES)
      expect(summary[severity]).toBe(findings.filter((one) => one.severity === severity && !one.silenced).length);
    expect(summary.silenced).toBe(findings.filter(({ silenced }) => silenced).length);
  });

  test('list the findings of each rule', () => {
    const { rules, findings } = JSON.parse(jsonReport(everything)) as AuditDocument;
    expect(rules.flatMap((one) => one.findings).toSorted((a, b) => a - b)).toEqual(findings.map((_, at) => at));
    expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
    for (const { rule, findings: places } of rules) for (const at of places) expect(findings[at]?.rule).toBe(rule);
  });
});

test('a report shows bytes that are not UTF-8 as the screens do, and offers no fix that UTF-8 cannot express', () => {
  const report = reportOf('host caf\udce9 all 10.0.0.0/8 md5\nhost all all 10.1.0.0/16 md5\n', '\ufeffssl = on\n');
  for (const text of [sarifReport(report), jsonReport(report), markdownReport(report)]) {
    expect(text).toMatch(/caf\\{1,2}xE9/);
    expect(text).not.toMatch(/\\ud[c-f]|[\ud800-\udfff\ufeff]/u);
  }
  const { findings } = JSON.parse(jsonReport(report)) as AuditDocument;
  expect(findings.filter(({ line, fix }) => line === 1 && fix?.file === 'pg_hba.conf')).toEqual([]);
  expect(findings.some(({ line, fix }) => line === 2 && fix !== null)).toBe(true);
});

describe('the name of a file as a URI', () => {
  test.each([
    ['pg_hba.conf', 'pg_hba.conf'],
    ['/etc/postgresql/18/main/pg_hba.conf', 'file:///etc/postgresql/18/main/pg_hba.conf'],
    ['C:\\pg data\\pg_hba.conf', 'file:///C:/pg%20data/pg_hba.conf'],
    ['conf.d/10 ä.conf', 'conf.d/10%20%C3%A4.conf'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['', './'],
  ])('%s is %s', (name, expected) => {
    expect(fileUri(name)).toBe(expected);
  });

  test('an absolute path is unchanged after a URI parser has read it', () => {
    const path = fc.array(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((part) => !/[/\0]|^\.+$/.test(part)),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(path, (parts) => {
        const name = `/${parts.join('/')}`;
        expect(fileURLToPath(fileUri(name))).toBe(name);
      }),
    );
  });
});
