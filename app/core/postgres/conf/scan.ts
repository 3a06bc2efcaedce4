import { cString } from '../../bytes/bytes.ts';
import { decodeBytes, rejoined } from '../../bytes/decode.ts';

/** A token of postgresql.conf as `guc-file.l` defines it. */
export interface ConfToken {
  readonly kind: 'id' | 'qualified-id' | 'string' | 'unquoted' | 'number' | 'equals' | 'error';
  /** As written, including quotes. */
  readonly text: string;
  /** Offset from the start of the line, in characters. */
  readonly from: number;
}

const LETTER = 'A-Za-z_\\u0080-\\uffff';
const ID = `[${LETTER}][${LETTER}0-9]*`;

/** The rules of the scanner, in its order: the longest match counts, and among equal ones the first. */
const rules: readonly (readonly [ConfToken['kind'], RegExp])[] = [
  ['id', new RegExp(ID, 'y')],
  ['qualified-id', new RegExp(`${ID}\\.${ID}`, 'y')],
  ['string', /'(?:[^'\\\n]|\\[^\n]|'')*'/y],
  ['unquoted', new RegExp(`[${LETTER}](?:[${LETTER}0-9]|[-._:/])*`, 'y')],
  ['number', /[-+]?(?:0x[0-9a-fA-F]+|[0-9]+)[a-zA-Z]*/y],
  ['number', /[-+]?[0-9]*\.[0-9]*(?:[Ee][-+]?[0-9]+)?/y],
  ['equals', /=/y],
];

/** The tokens of one line, without its comment; a character that starts no token is an `error`. */
export function scanConfLine(line: string): ConfToken[] {
  const found: ConfToken[] = [];
  let at = 0;
  while (at < line.length) {
    const character = line[at];
    if (character === ' ' || character === '\t' || character === '\r') {
      at++;
      continue;
    }
    if (character === '#' || character === '\n') break;
    let best: ConfToken = { kind: 'error', text: character ?? '', from: at };
    let length = 0;
    for (const [kind, rule] of rules) {
      rule.lastIndex = at;
      const text = rule.exec(line)?.[0] ?? '';
      if (text.length <= length) continue;
      length = text.length;
      best = { kind, text, from: at };
    }
    found.push(best);
    at += Math.max(1, length);
  }
  return found;
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * The value that a quoted text represents (`DeescapeQuotedString`). An octal escape is one byte, and a NUL ends the
 * value.
 */
export const unquoteConf = (text: string): string =>
  cString(
    rejoined(
      cString(text)
        .slice(1, -1)
        .replace(/\\([0-7]{1,3})|\\([\s\S])|''/g, (whole, octal: string | undefined, escaped: string | undefined) =>
          octal !== undefined
            ? decodeBytes(Uint8Array.of(Number.parseInt(octal, 8)))
            : escaped !== undefined
              ? (escapes[escaped] ?? escaped)
              : whole.slice(1),
        ),
    ),
  );
