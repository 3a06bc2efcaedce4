/**
 * A file's bytes as text, without loss. Valid UTF-8 becomes the characters it encodes, including a byte order mark.
 * Every other byte becomes one lone surrogate, U+DC80 to U+DCFF (PEP 383, "surrogateescape"): no valid text contains
 * those, so `encodeBytes` restores the same bytes.
 */

/** Where escaped bytes start: byte 0x80 is U+DC80. Bytes below 0x80 are always valid. */
const ESCAPE = 0xdc00;

/** Characters are joined this many code units at a time: an argument list has a limit. */
const CHUNK = 8192;

const escapedByte = /[\udc80-\udcff]/u;

/** The text that represents these bytes. */
export function decodeBytes(bytes: Uint8Array): string {
  let text = '';
  const units = new Uint16Array(CHUNK + 1);
  let held = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : sequenceLength(bytes, at);
    if (length <= 1) units[held++] = length === 1 ? byte : ESCAPE + byte;
    else {
      let code = byte & (0xff >> (length + 1));
      for (let next = 1; next < length; next++) code = (code << 6) | ((bytes[at + next] ?? 0) & 0x3f);
      if (code > 0xffff) {
        units[held++] = 0xd800 + ((code - 0x10000) >> 10);
        code = 0xdc00 + (code & 0x3ff);
      }
      units[held++] = code;
    }
    at += Math.max(length, 1);
    if (held >= CHUNK) {
      text += String.fromCharCode(...units.subarray(0, held));
      held = 0;
    }
  }
  return text + String.fromCharCode(...units.subarray(0, held));
}

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

/** The normalized text for the same bytes, for when an edit or a join made the parts of a character adjacent. */
export const rejoined = (text: string): string => (holdsEscapedBytes(text) ? decodeBytes(encodeBytes(text)) : text);

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

/** Length of the UTF-8 sequence that starts here; 0 where none does (Unicode standard, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0) return 0;
  const second = bytes[at + 1] ?? 0;
  // These leads exclude overlong forms, surrogates, and code points beyond U+10FFFF.
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let next = 2; next < length; next++) {
    const byte = bytes[at + next] ?? 0;
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  return length;
}
