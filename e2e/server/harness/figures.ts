import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The figures of one plan on one major. scripts/lib/suites/server.mjs sums them. */
export interface Figures {
  readonly plan: string;
  readonly major: number;
  accepted: number;
  refused: number;
  verified: number;
}

/** Writes the figures of a finished proof if the run requested them. */
export function record(figures: Figures): void {
  const folder = process.env.POSTERN_FIGURES;
  if (!folder) return;
  writeFileSync(join(folder, `${randomUUID()}.json`), `${JSON.stringify(figures)}\n`);
}
