import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of the scoreboard in docs/conformance.md: how many cases of one class are right. */
export interface Score {
  /** What is diagnosed: `public problem reports`. */
  readonly target: string;
  /** The class: `translated messages`. */
  readonly tried: string;
  readonly right: number;
  readonly of: number;
  /** What the cases do not cover. */
  readonly notCovered?: string;
}

/** Writes a row if the run requested one (scripts/lib/conformance.mjs). Call it with what was really counted. */
export function score({ target, tried, right, of, notCovered }: Score): void {
  const folder = process.env.POSTERN_CONFORMANCE;
  if (!folder) return;
  const row = {
    target,
    files: [],
    judgedBy: '',
    tried,
    plans: 0,
    cases: of,
    score: { right },
    ...(notCovered === undefined ? {} : { notCovered }),
  };
  writeFileSync(join(folder, `${randomUUID()}.json`), `${JSON.stringify(row)}\n`);
}
