import { execFileSync } from 'node:child_process';
import { parse as parseHcl } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { audit, fileRules, MAJORS, parseConf } from '../index.ts';
import { commentText } from '../testing/comment-arbitrary.ts';
import { codeLines, LINE_END, powershellLines, sqlTokens, xmlTokens } from '../testing/languages.ts';
import type { Language } from './file.ts';
import { comments } from './render.ts';

const languages = Object.keys(comments) as Language[];
const lineLanguages = languages.filter((language) => language !== 'markdown' && language !== 'xml');
const texts = () => fc.sample(commentText, 400);

describe.each(lineLanguages)('a comment of %s, with any text', (language) => {
  const sign = language === 'sql' ? '--' : language === 'bicep' ? '//' : '#';
  const property = (check: (line: string) => void) =>
    fc.assert(
      fc.property(commentText, fc.constantFrom('', '    '), (value, indent) => {
        const lines = comments[language](value, indent);
        expect(lines.length).toBeGreaterThan(0);
        for (const line of lines) {
          expect(line.startsWith(`${indent}${sign} `)).toBe(true);
          check(line.slice(indent.length + sign.length));
        }
      }),
      { numRuns: 500 },
    );

  test("consists of whole lines, none of which ends early, continues on the next line or exceeds the parser's limit", () => {
    property((line) => {
      expect(line.split(LINE_END)).toHaveLength(1);
      expect(line).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}|\p{Noncharacter_Code_Point}|\\$/u);
      expect(Buffer.byteLength(line)).toBeLessThan(240);
    });
  });

  test('contains no directive for an editor, a linter or our own audit', () => {
    property((line) => {
      expect(line).not.toMatch(/(^|[ \t])(vi|[vV]im([<=>]?[0-9]+)?|ex):/);
      expect(line).not.toMatch(/-\*-|local variables:|postern-ignore(-file)?:/i);
      if (language === 'sh') expect(line).not.toMatch(/^[\s\u00a0]*shellcheck/);
      if (language === 'yaml') expect(line).not.toMatch(/^\s*(yaml-language-server\s*:|yamllint)/);
    });
  });

  test('keeps every letter of a text without directives', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 60 }), (words) => {
        fc.pre(!words.some((word) => /shellcheck|yaml/.test(word)));
        const lines = comments[language](words.join(' '));
        expect(
          lines
            .map((line) => line.slice(sign.length + 1))
            .join(' ')
            .replace(/ \.+$/, ''),
        ).toBe(words.join(' '));
      }),
    );
  });
});

describe('a parser of the language ignores a comment', () => {
  test('XML: by the grammar of XML 1.0', () => {
    fc.assert(
      fc.property(commentText, commentText, (one, other) => {
        const file = [...comments.xml(one), '<a>', ...comments.xml(other, '  '), '</a>'].join('\n');
        expect(xmlTokens(file)).toEqual(['<a>', '</a>']);
      }),
      { numRuns: 2000 },
    );
  });

  test('Markdown: by marked, which supports GFM, it is one block of HTML', () => {
    fc.assert(
      fc.property(commentText, (value) => {
        const file = [...comments.markdown(value), '', 'text'].join('\n');
        const [comment, ...rest] = marked.lexer(file);
        expect(comment).toMatchObject({ type: 'html', raw: expect.stringMatching(/^<!-- .* -->\s*$/) });
        expect(comment?.raw.match(/--!?>/g)).toHaveLength(1);
        expect(rest.map(({ type }) => type).filter((type) => type !== 'space')).toEqual(['paragraph']);
      }),
      { numRuns: 2000 },
    );
  });

  test('sh: by bash, in a script and between the rules of a here-document', () => {
    const script = texts().flatMap((value, index) => [
      ...comments.sh(value),
      `printf '%s\\n' ${index}`,
      "grep -vE '^#' <<'RULES'",
      ...comments.sh(value),
      `rule ${index}`,
      'RULES',
    ]);
    const printed = execFileSync('bash', ['-eu'], { input: script.join('\n'), encoding: 'utf8' });
    expect(printed.split('\n').slice(0, -1)).toEqual(texts().flatMap((_, index) => [`${index}`, `rule ${index}`]));
  });

  test('YAML: by a parser', () => {
    const lines = texts().flatMap((value, index) => [...comments.yaml(value, '  '), `  k${index}: ${index}`]);
    expect(parseYaml(`all:\n${lines.join('\n')}\n`)).toEqual({
      all: Object.fromEntries(texts().map((_, index) => [`k${index}`, index])),
    });
  });

  test("HCL: by HashiCorp's own parser", async () => {
    const lines = texts().flatMap((value, index) => [...comments.hcl(value, '  '), `  k${index} = ${index}`]);
    const { locals } = await parseHcl('comments.tf', `locals {\n${lines.join('\n')}\n}\n`);
    expect(locals[0]).toEqual(Object.fromEntries(texts().map((_, index) => [`k${index}`, index])));
  });

  test.each(MAJORS)('pg_hba.conf of PostgreSQL %i: each record below a comment is read', (major) => {
    const file = texts().flatMap((value, index) => [...comments.hba(value), `local db${index} all peer`]);
    const rules = fileRules(`${file.join('\n')}\n`, { major });
    expect(rules.map(({ database, error }) => [database, error])).toEqual(
      texts().map((_, index) => [[`db${index}`], null]),
    );
  });

  test('postgresql.conf: each setting below a comment is read', () => {
    const file = texts().flatMap((value, index) => [...comments.conf(value), `x.s${index} = ${index}`]);
    const { settings, problems } = parseConf(`${file.join('\n')}\n`, { major: 17 });
    expect(settings.map(({ name, value }) => [name, value])).toEqual(
      texts().map((_, index) => [`x.s${index}`, `${index}`]),
    );
    expect(problems).toEqual([]);
  });

  test('SQL: by its tokens', () => {
    fc.assert(
      fc.property(commentText, (value) => {
        expect(sqlTokens([...comments.sql(value), 'SELECT 1;'].join('\n'))).toEqual(['SELECT', '1', ';']);
      }),
    );
  });

  test('PowerShell: no signature is detected that would invalidate the rest, and there is no #requires', () => {
    fc.assert(
      fc.property(commentText, (value) => {
        expect(powershellLines([...comments.powershell(value), '$x = 1'].join('\n'))).toEqual(['$x = 1']);
      }),
      { numRuns: 1000 },
    );
    for (const near of ['SIG # Begin signature block', 'SIG # END SIGNATURE BLOCK', 's1g # beg1n s1gnature b1ock'])
      expect(powershellLines(['# above', ...comments.powershell(near), '$x = 1'].join('\n'))).toEqual(['$x = 1']);
  });

  test.each(['bicep', 'haproxy', 'ini', 'nft', 'ssh', 'swanctl'] as const)('%s: by its lines', (language) => {
    const sign = language === 'bicep' ? '//' : '#';
    fc.assert(
      fc.property(commentText, (value) => {
        expect(codeLines([...comments[language](value), 'x'].join('\n'), sign)).toEqual(['x']);
      }),
    );
  });
});

test('a comment silences no rule of the audit', () => {
  const comment = comments.hba('role x # postern-ignore-file: no-record and postern-ignore: no-record');
  const found = audit({ hba: `${comment.join('\n')}\n`, major: 17 });
  expect(found.map(({ id }) => id)).toContain('no-record');
});
