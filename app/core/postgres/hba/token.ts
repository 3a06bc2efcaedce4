/** One token of a field. `quoted` says that a double quote stood before its first character, which alone removes meaning. */
export interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

/** A field is one token or a comma list of tokens. */
export type Field = readonly Token[];

/** What stands in some text from `from` up to `to`. */
export interface Stretch {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** One logical line that holds something, as PostgreSQL's tokenizer hands it on. */
export interface TokenLine {
  /** Where it stands; the main file is `pg_hba.conf`, others are named as the `files` option names them. */
  readonly file: string;
  /** The first physical line, from 1. */
  readonly number: number;
  readonly fields: readonly Field[];
  /** Why the tokenizer refuses the line, in the view's words. */
  readonly error: string | null;
  /** The line again, where `plainFields` cuts these fields from it. */
  readonly plain: Stretch | null;
}

/** Bytes in UTF-8, which is what PostgreSQL's limits count. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    bytes +=
      code < 0x80
        ? 1
        : code < 0x800
          ? 2
          : code >= 0xd800 && code < 0xdc00
            ? 4
            : code >= 0xdc00 && code < 0xe000
              ? 0
              : 3;
  }
  return bytes;
}
