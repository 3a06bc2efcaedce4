/**
 * A file's bytes as text, without loss. Valid UTF-8 becomes the characters it encodes, including a byte order mark.
 * Every other byte becomes one lone surrogate, U+DC80 to U+DCFF (PEP 383, "surrogateescape"): no valid text contains
 * those, so `encodeBytes` restores the same bytes.
 */

/** Where escaped bytes start: byte 0x80 is U+DC80. Bytes below 0x80 are always valid. */
export const ESCAPE = 0xdc00;

const escapedByte = /[\udc80-\udcff]/u;

/** The bytes that a text represents. A surrogate that represents no byte becomes U+FFFD, as usual in UTF-8. */
export function encodeBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(byteLength(text));
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[at++] = unit;
      continue;
    }
    const code = text.codePointAt(index) ?? 0;
    if (isEscapedByte(code)) {
      bytes[at++] = code - ESCAPE;
      continue;
    }
    if (code > 0xffff) index++;
    const written = code >= 0xd800 && code < 0xe000 ? 0xfffd : code;
    const length = utf8Length(written);
    for (let rest = length - 1, shift = 6 * rest; rest >= 0; rest--, shift -= 6) {
      const first = rest === length - 1;
      bytes[at++] = first ? ((0xf00 >> length) & 0xff) | (written >> shift) : 0x80 | ((written >> shift) & 0x3f);
    }
  }
  return bytes;
}

/** Number of bytes that a text represents, which is the unit of PostgreSQL's limits. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit < 0xd800 || unit > 0xdfff) bytes += 3;
    else {
      const code = text.codePointAt(index) ?? 0;
      if (code > 0xffff) index++;
      bytes += isEscapedByte(code) ? 1 : utf8Length(code);
    }
  }
  return bytes;
}

/** Whether a text contains bytes that are not UTF-8. */
export const holdsEscapedBytes = (text: string): boolean => escapedByte.test(text);

/** Whether a code point represents one byte that is not UTF-8. */
export const isEscapedByte = (code: number): boolean => code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff;

/** What C reads of a text: everything up to the first NUL. */
export function cString(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** The text with invisible bytes written out: `\xE9`, and the byte order mark. */
export const shownBytes = (text: string): string =>
  text.replace(/[\udc80-\udcff\ufeff]/gu, (one) => [...encodeBytes(one)].map(hexadecimal).join(''));

/** A byte as PostgreSQL's own messages and most editors write it. */
const hexadecimal = (byte: number): string => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;

const utf8Length = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
