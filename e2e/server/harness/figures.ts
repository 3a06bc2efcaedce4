import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one plan on one major came to. scripts/lib/rungs/server.mjs adds these up. */
export interface Figures {
  readonly plan: string;
  readonly major: number;
  accepted: number;
  refused: number;
  verified: number;
}

let count = 0;

/** Leaves the figures of a finished proof where the run asked for them. */
export function record(figures: Figures): void {
  const folder = process.env.POSTERN_FIGURES;
  if (!folder) return;
  count += 1;
  writeFileSync(join(folder, `${figures.major}-${count}.json`), `${JSON.stringify(figures)}\n`);
}
