import type { Document, Sourced } from '../source.ts';

/**
 * The short page of a target: a document in one language, so its text is here and not in the message catalogue. One
 * file per page in `english/`; a translation is another folder. Each statement names its source: for what our files do,
 * a test; for what other programs do, their documentation.
 */
export interface TargetPage {
  /** The id of the page in artifacts and addresses: `nftables`. */
  readonly id: string;
  readonly title: string;
  /** One sentence: its purpose. */
  readonly summary: string;
  readonly does: readonly Sourced[];
  readonly doesNot: readonly Sourced[];
  readonly undo: readonly Sourced[];
  readonly pitfalls: readonly Sourced<Document>[];
}
