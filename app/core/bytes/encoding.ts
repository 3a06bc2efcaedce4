import { encodeBytes, shownBytes } from './bytes.ts';
import { decodeBytes } from './decode.ts';

/** A property of a file's bytes that its author does not see but PostgreSQL does. Lines count from 1. */
export type EncodingNote =
  /** It starts with U+FEFF in UTF-8, which editors on Windows write. */
  | { readonly kind: 'mark' }
  | { readonly kind: 'utf16' }
  /** Bytes that are not UTF-8: their number, and the first of them, with its line. */
  | { readonly kind: 'invalid'; readonly count: number; readonly line: number; readonly byte: string }
  | { readonly kind: 'nul'; readonly line: number };

const MARK = '\ufeff';
const UTF16_LITTLE = '\udcff\udcfe';
const UTF16_BIG = '\udcfe\udcff';

/** Number of characters inspected to detect UTF-16 without a mark. */
const LOOKED_AT = 200;

/** Notes about the bytes of a file that `decodeBytes` read. */
export function encodingNotes(text: string): readonly EncodingNote[] {
  if (utf16Order(text)) return [{ kind: 'utf16' }];
  const notes: EncodingNote[] = [];
  if (text.startsWith(MARK)) notes.push({ kind: 'mark' });
  const first = /[\udc80-\udcff]/u.exec(text);
  if (first) {
    const count = text.match(/[\udc80-\udcff]/gu)?.length ?? 0;
    notes.push({ kind: 'invalid', count, line: lineOf(text, first.index), byte: shownBytes(first[0]) });
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) notes.push({ kind: 'nul', line: lineOf(text, nul) });
  return notes;
}

/** The file in UTF-8 without a mark. Bytes in an unknown encoding are kept. */
export function inUtf8(text: string): string {
  const order = utf16Order(text);
  return (order ? fromUtf16(encodeBytes(text), order) : text).replace(/^\ufeff/, '');
}

/** The byte order of a file if it is UTF-16: by its mark, or because every other byte at its start is NUL. */
function utf16Order(text: string): 'little' | 'big' | undefined {
  if (text.startsWith(UTF16_LITTLE)) return 'little';
  if (text.startsWith(UTF16_BIG)) return 'big';
  const start = text.slice(0, LOOKED_AT);
  if (/^(?:[^\0]\0){2,}[^\0]?$/u.test(start)) return 'little';
  return /^(?:\0[^\0]){2,}\0?$/u.test(start) ? 'big' : undefined;
}

function fromUtf16(bytes: Uint8Array, order: 'little' | 'big'): string {
  const [high, low] = order === 'little' ? [1, 0] : [0, 1];
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2)
    text += String.fromCharCode(((bytes[at + high] ?? 0) << 8) | (bytes[at + low] ?? 0));
  // A lone surrogate is not a character; encoding replaces it with U+FFFD, and a trailing odd byte is kept.
  return text.replace(/\p{Cs}/gu, '\ufffd') + decodeBytes(bytes.subarray(bytes.length - (bytes.length % 2)));
}

function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
