import type { Language } from '../../../../core/index.ts';

export interface Piece {
  readonly kind: 'plain' | 'comment' | 'string' | 'key';
  readonly text: string;
}

const hash = /^\s*#/;
const comments: Readonly<Record<Language, RegExp>> = {
  bicep: /^\s*\/\//,
  conf: hash,
  haproxy: hash,
  hba: hash,
  hcl: hash,
  ini: hash,
  markdown: /^<!--/,
  nft: hash,
  powershell: hash,
  sh: hash,
  sql: /^\s*--/,
  ssh: hash,
  swanctl: hash,
  xml: /^\s*<!--/,
  yaml: hash,
};

const settings = /^\s*[\w.]+(?=\s*=)|^\[[^\]]*\]/;
const keys: Readonly<Record<Language, RegExp>> = {
  bicep: /^\s*(?:param|var|resource|output|targetScope)\b/,
  conf: settings,
  haproxy: /^\s*[a-z][a-z-]*(?=\s)/,
  hba: /^\s*(?:local|hostssl|hostnossl|hostgssenc|hostnogssenc|host)\b/,
  hcl: /^\s*(?:resource|provider|terraform|variable|data|locals)\b|^\s*[\w]+(?=\s*=)/,
  ini: settings,
  markdown: /^#{1,6} .*/,
  nft: /\b(?:table|chain|set|type|flags|elements|hook|priority|policy|accept|drop|jump|add|delete|flush)\b/,
  powershell: /(?:^|\s)(?:[A-Z][a-z]+-[A-Z]\w+|if|foreach|param)\b/,
  sh: /^\s*(?:if|then|else|elif|fi|for|in|do|done|case|esac|while|exit|set|local|return)\b|^\w+(?=\(\))/,
  sql: /\b(?:CREATE|ALTER|GRANT|REVOKE|SELECT|ROLE|SYSTEM|SET|ON|TO|FROM|IF|NOT|EXISTS|DATABASE|DO|BEGIN|END|LOGIN|WITH|AS|WHERE)\b/g,
  ssh: /^\s*[A-Za-z]+(?=\s)/,
  swanctl: /^\s*[\w-]+(?=\s*[={])/,
  xml: /<\/?[\w-]+/,
  yaml: /^\s*-?\s*[\w.-]+(?=:)/,
};
const strings = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;

/**
 * A line in pieces with different styles. It recognizes comments, strings and the first word of a line, which is enough
 * for reading.
 */
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
