import { ESCAPE, encodeBytes, holdsEscapedBytes } from './bytes.ts';

/** Characters are joined this many code units at a time: an argument list has a limit. */
const CHUNK = 8192;

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

/** The normalized text for the same bytes, for when an edit or a join made the parts of a character adjacent. */
export const rejoined = (text: string): string => (holdsEscapedBytes(text) ? decodeBytes(encodeBytes(text)) : text);

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
