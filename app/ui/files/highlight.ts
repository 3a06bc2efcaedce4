import type { Language } from '../../core/index.ts';

export interface Piece {
  readonly kind: 'plain' | 'comment' | 'string' | 'key';
  readonly text: string;
}

const hash = /^\s*#/;
const comments: Readonly<Record<Language, RegExp>> = {
  sh: hash,
  sql: /^\s*--/,
  hba: hash,
  conf: hash,
  ini: hash,
  ssh: hash,
  yaml: hash,
  markdown: /^<!--/,
};

const settings = /^\s*[\w.]+(?=\s*=)|^\[[^\]]*\]/;
const keys: Readonly<Record<Language, RegExp>> = {
  sh: /^\s*(?:if|then|else|elif|fi|for|in|do|done|case|esac|while|exit|set|local|return)\b|^\w+(?=\(\))/,
  sql: /\b(?:CREATE|ALTER|GRANT|REVOKE|SELECT|ROLE|SYSTEM|SET|ON|TO|FROM|IF|NOT|EXISTS|DATABASE|DO|BEGIN|END|LOGIN|WITH|AS|WHERE)\b/g,
  hba: /^\s*(?:local|hostssl|hostnossl|hostgssenc|hostnogssenc|host)\b/,
  conf: settings,
  ini: settings,
  ssh: /^\s*[A-Za-z]+(?=\s)/,
  yaml: /^\s*-?\s*[\w.-]+(?=:)/,
  markdown: /^#{1,6} .*/,
};
const strings = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;

/** A line in pieces that look different. It knows comments, strings and the word that a line starts with: enough to read by. */
export function highlight(line: string, language: Language): readonly Piece[] {
  if (comments[language].test(line)) return [{ kind: 'comment', text: line }];
  const marks = [
    ...(language === 'markdown' ? [] : [...line.matchAll(strings)].map((match) => mark('string', match))),
    ...[...line.matchAll(new RegExp(keys[language], 'g'))].map((match) => mark('key', match)),
  ].sort((a, b) => a.from - b.from);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { kind, from, to } of marks) {
    if (from < at) continue;
    if (from > at) pieces.push({ kind: 'plain', text: line.slice(at, from) });
    pieces.push({ kind, text: line.slice(from, to) });
    at = to;
  }
  if (at < line.length) pieces.push({ kind: 'plain', text: line.slice(at) });
  return pieces;
}

const mark = (kind: Piece['kind'], match: RegExpExecArray) => ({
  kind,
  from: match.index,
  to: match.index + match[0].length,
});
