import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';

/** The translations in the jar of the JDBC driver, by language: pairs of the English and the translated pattern. */
export function jdbcTranslations(jar) {
  const classes = unzipSync(readFileSync(jar), {
    filter: ({ name }) => /^org\/postgresql\/translation\/messages_\w+\.class$/.test(name),
  });
  return Object.entries(classes).map(([name, bytes]) => [
    /messages_(\w+)\.class$/.exec(name)[1],
    pairsOf(stringsStored(Buffer.from(bytes))),
  ]);
}

/** `msgfmt --java2` writes one array in which each English message is followed by its translation. */
function pairsOf(stored) {
  return [...stored].flatMap(([index, english]) => {
    const translated = stored.get(index + 1);
    return index % 2 === 0 && translated !== undefined ? [[english, translated]] : [];
  });
}

/**
 * The strings that the code of a class stores in an array, by index: instructions `push index; ldc string; aastore`
 * (JVM specification, chapter 6).
 */
function stringsStored(bytes) {
  const { strings, end } = constants(bytes);
  const found = new Map();
  for (let at = end; at < bytes.length - 4; at++) {
    const index =
      bytes[at] === 0x11
        ? [bytes.readInt16BE(at + 1), 3]
        : bytes[at] === 0x10
          ? [bytes.readInt8(at + 1), 2]
          : short(bytes[at]);
    if (!index) continue;
    const [value, width] = index;
    const load = at + width;
    const [constant, after] =
      bytes[load] === 0x12
        ? [bytes[load + 1], load + 2]
        : bytes[load] === 0x13
          ? [bytes.readUInt16BE(load + 1), load + 3]
          : [];
    if (constant !== undefined && bytes[after] === 0x53 && strings.has(constant))
      found.set(value, strings.get(constant));
  }
  return found;
}

/** `iconst_0` to `iconst_5`. */
const short = (opcode) => (opcode >= 0x03 && opcode <= 0x08 ? [opcode - 3, 1] : undefined);

/** The string constants of a class by their index, and where the constant pool ends (JVM specification, 4.4). */
function constants(bytes) {
  const texts = new Map();
  const references = new Map();
  const count = bytes.readUInt16BE(8);
  let at = 10;
  for (let index = 1; index < count; index++) {
    const tag = bytes[at];
    if (tag === 1) {
      const length = bytes.readUInt16BE(at + 1);
      texts.set(index, bytes.toString('utf8', at + 3, at + 3 + length));
      at += 3 + length;
      continue;
    }
    if (tag === 8) references.set(index, bytes.readUInt16BE(at + 1));
    if (tag === 5 || tag === 6) index++;
    at += SIZES[tag];
  }
  return { strings: new Map([...references].map(([index, text]) => [index, texts.get(text)])), end: at };
}

/** The size of a constant, its tag included, by tag. */
const SIZES = {
  3: 5,
  4: 5,
  5: 9,
  6: 9,
  7: 3,
  8: 3,
  9: 5,
  10: 5,
  11: 5,
  12: 5,
  15: 4,
  16: 3,
  17: 5,
  18: 5,
  19: 3,
  20: 3,
};
