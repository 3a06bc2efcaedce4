/** One thing that is wrong with an input. */
export interface Issue {
  /** Path of the value: `clients.0.sources.1`, `options.major`, `connection.address`. */
  readonly path: string;
  /** One English sentence: the field, the value, the reason and the fix. */
  readonly message: string;
  /** Names the sentence for a translation, which is given `values`. */
  readonly id: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** A value that would be accepted instead. */
  readonly fix?: string;
}

/** What a function of the core returns instead of its value when its input is wrong. */
export interface Failure<I = Issue> {
  readonly ok: false;
  readonly issues: readonly I[];
}

/** A value, or everything that is wrong with the input. */
export type Result<T, I = Issue> = { readonly ok: true; readonly value: T } | Failure<I>;
