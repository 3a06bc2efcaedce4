/**
 * One token of a field. `quoted` means that a double quote preceded its first character, which alone removes the
 * special meaning.
 */
export interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

/** A field is one token or a comma list of tokens. */
export type Field = readonly Token[];

/** Part of a text, from `from` up to `to`. */
export interface Stretch {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** One non-empty logical line, as PostgreSQL's tokenizer returns it. */
export interface TokenLine {
  /** The file of the line; the main file is `pg_hba.conf`, others are named as in the `files` option. */
  readonly file: string;
  /** The first physical line, from 1. */
  readonly number: number;
  readonly fields: readonly Field[];
  /** Why the tokenizer rejects the line, as the view words it. */
  readonly error: string | null;
  /** The range of the line, if `plainFields` extracts its fields from it. */
  readonly plain: Stretch | null;
}
