import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The result of one proof of a target: a row of docs/conformance.md, which scripts/lib/conformance.mjs writes. */
export interface Conformance {
  /** The target, as users name it: `nftables`, `PgBouncer`. Proofs of one target are shown together. */
  readonly target: string;
  /** The files that were checked, by their names. */
  readonly files: readonly string[];
  /** The program that checked them and its version, or the parser and what it is based on. */
  readonly judgedBy: string;
  /** What was tested, in a few words: `real packets`, `log lines of every major`. */
  readonly tried: string;
  readonly plans: number;
  /** Packets, connections, log lines or kills. */
  readonly cases: number;
  /**
   * Set if Postern's own parsing of a server's files was tested: the row is then in the table of these, by major, and
   * `plans` are files.
   */
  readonly reading?: { readonly major: number; readonly disagreements: number };
  /** What this proof does not cover. */
  readonly notCovered?: string;
}

/** Writes a row if the run requested one. Call it after the assertions, with what was really done. */
export function conforms(row: Conformance): void {
  const folder = process.env.POSTERN_CONFORMANCE;
  if (!folder) return;
  // Parallel runs have separate process tables, so process numbers are not unique names.
  writeFileSync(join(folder, `${randomUUID()}.json`), `${JSON.stringify(row)}\n`);
}
