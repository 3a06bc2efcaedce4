import { byteLength } from '../bytes/bytes.ts';

/** Maximum length of a name in bytes (`NAMEDATALEN` - 1). */
const LONGEST_NAME = 63;

/**
 * A name as the server stores it, which is what it compares: truncated to 63 bytes at a character boundary
 * (`truncate_identifier`, `pg_mbcliplen`). Case, normalization and invisible characters are kept, so `josé` in NFC and
 * in NFD are two roles. A name that a plan accepts is stored unchanged, so two names of a plan are one role exactly if
 * they are the same string.
 */
export function storedName(name: string): string {
  if (byteLength(name) <= LONGEST_NAME) return name;
  let stored = '';
  let bytes = 0;
  for (const character of name) {
    bytes += byteLength(character);
    if (bytes > LONGEST_NAME) break;
    stored += character;
  }
  return stored;
}
