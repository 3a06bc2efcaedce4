import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one proof of a target came to. A row of docs/conformance.md; scripts/lib/conformance.mjs writes it. */
export interface Conformance {
  /** The target, as users name it: `nftables`, `PgBouncer`. Proofs of one target are shown together. */
  readonly target: string;
  /** The files that were judged, by their names. */
  readonly files: readonly string[];
  /** The program that judged them and its version, or the parser and what stands behind it. */
  readonly judgedBy: string;
  /** What was tried, in a few words: `real packets`, `log lines of eight majors`. */
  readonly tried: string;
  readonly plans: number;
  /** Packets, connections, log lines or kills. */
  readonly cases: number;
  /**
   * Set where Postern's own reading of a server's files is what was tried: the row then stands in the table of these, by
   * major, and `plans` are files.
   */
  readonly reading?: { readonly major: number; readonly disagreements: number };
  /** What this proof leaves open. */
  readonly notCovered?: string;
}

/** Leaves a row where the run asked for one. Call it after the assertions, with what was really done. */
export function conforms(row: Conformance): void {
  const folder = process.env.POSTERN_CONFORMANCE;
  if (!folder) return;
  // Several runs have process tables of their own, so their numbers are no names.
  writeFileSync(join(folder, `${randomUUID()}.json`), `${JSON.stringify(row)}\n`);
}
