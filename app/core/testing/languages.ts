/**
 * What a file means to its interpreter, without comments: the tests' own parsers, written from each language's
 * specification.
 */

/** All characters that some parser treats as a line end, and all other control characters except the tab. */
export const LINE_END = /\r\n|(?!\t)\p{Cc}|[\u2028\u2029]/u;

/** Tags and texts of an XML document by the grammar of XML 1.0: comments (15), the declaration (23), tags (40, 42, 44), text (14). */
export function xmlTokens(text: string): string[] {
  const char = '[\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\u{10000}-\\u{10ffff}]';
  const withoutHyphen = `(?:(?!-)${char})`;
  const token = new RegExp(
    [
      `<!--(?:${withoutHyphen}|-${withoutHyphen})*-->`,
      '<\\?xml [^?]*\\?>',
      '(</?[A-Za-z][\\w.-]*(?:\\s+[A-Za-z][\\w:.-]*="[^<"]*")*\\s*/?>)',
      '([^<&]+|&[a-z]+;)',
    ].join('|'),
    'uy',
  );
  const found: string[] = [];
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const [, tag, plain] = token.exec(text) ?? [];
    if (token.lastIndex === 0) throw new Error(`not XML: ${text.slice(at, at + 80)}`);
    if (tag !== undefined) found.push(tag);
    else if (plain?.trim()) found.push(plain.trim());
  }
  return found;
}

/** Tokens of SQL as psql reads a file: manual 4.1; a backslash command extends to the end of its line. */
export function sqlTokens(text: string): string[] {
  const token =
    /--[^\r\n]*|\s+|(\\[^\r\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\2|[A-Za-z_][\w$]*|[0-9.]+|::|[^\s\w'"\\])/y;
  const found: string[] = [];
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const [, word] = token.exec(text) ?? [];
    if (token.lastIndex === 0) throw new Error(`not SQL: ${text.slice(at, at + 80)}`);
    if (word !== undefined) found.push(word);
  }
  return found;
}

/**
 * Lines of a PowerShell script without comments, as its tokenizer splits them (`tokenizer.cs`, ScanLineComment,
 * ScanBlockComment).
 */
export function powershellLines(text: string): string[] {
  const strange = /[^\n -~]/.exec(text);
  if (strange) throw new Error(`not ASCII: ${JSON.stringify(strange[0])}`);
  let signed = false;
  return text.split('\n').filter((line) => {
    const comment = /^\s*#(.*)$/.exec(line)?.[1];
    if (comment === undefined) {
      if (line.trim() === '') return false;
      if (signed) throw new Error(`PowerShell refuses what is below a comment like a signature: ${line}`);
      return true;
    }
    signed ||= looksSigned(comment.replace(/\s/g, '').toLowerCase());
    return /^requires/i.test(comment);
  });
}

const looksSigned = (comment: string): boolean =>
  comment.length >= 14 && comment.length <= 34 && distance(comment, 'sig#beginsignatureblock\n') < 10;

/** Levenshtein distance, straight from the definition. */
function distance(a: string, b: string): number {
  const known = new Map<number, number>();
  const from = (i: number, j: number): number => {
    if (i === a.length || j === b.length) return a.length - i + (b.length - j);
    if (a[i] === b[j]) return from(i + 1, j + 1);
    const key = i * 100 + j;
    const found = known.get(key) ?? 1 + Math.min(from(i + 1, j), from(i, j + 1), from(i + 1, j + 1));
    known.set(key, found);
    return found;
  };
  return from(0, 0);
}

/**
 * Lines of a file whose comments begin with `sign` and end with the line, if no parser may join a comment to the next
 * line.
 */
export function codeLines(text: string, sign: '#' | '//'): string[] {
  const lines = text.replace(/\n$/, '').split(LINE_END);
  const comments = lines.filter((line) => line.trimStart().startsWith(sign));
  const joined = comments.find((line) => line.endsWith('\\'));
  if (joined !== undefined) throw new Error(`a comment that goes on: ${joined}`);
  return lines.filter((line) => line.trim() !== '' && !comments.includes(line));
}
