import { readFileSync } from 'node:fs';

/**
 * The entries of a compiled gettext catalogue, as pairs of the English forms and the translated forms (more than one
 * for plurals). Format: the manual of GNU gettext, "The Format of GNU MO Files"; PostgreSQL's and glibc's are
 * little-endian here.
 */
export function readMo(path) {
  const bytes = readFileSync(path);
  if (bytes.readUInt32LE(0) !== 0x950412de) throw new Error(`${path} is not a little-endian .mo file.`);
  const [count, originals, translations] = [8, 12, 16].map((at) => bytes.readUInt32LE(at));
  const forms = (at) => {
    const [length, start] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    return bytes.toString('utf8', start, start + length).split('\0');
  };
  return Array.from({ length: count }, (_, index) => [
    // A message of a context has its context before the English.
    forms(originals + 8 * index).map((form) => form.slice(form.indexOf('\u0004') + 1)),
    forms(translations + 8 * index),
  ]);
}
