/** A sentence that rests on somebody else's word, and where that stands. */
export interface Sourced {
  readonly text: string;
  readonly source: { readonly title: string; readonly url: string };
}

/**
 * The short page of a target: a document in one language, so it stands as text and not in the catalogue of messages.
 * One file a page in `english/`; a translation is another folder.
 */
export interface TargetPage {
  /** What artifacts and addresses of the page name it by: `nftables`. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what it is for. */
  readonly summary: string;
  readonly does: readonly string[];
  readonly doesNot: readonly string[];
  readonly undo: readonly string[];
  readonly pitfalls: readonly Sourced[];
}
