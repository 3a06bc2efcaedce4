import {
  type Driver,
  drivers,
  type LeftRule,
  type MigrationGoal,
  type MigrationStep,
  parseConf,
  parseHba,
  planMigration,
} from '../core/index.ts';
import type { Files } from './files.ts';
import { type FixedLine, fixedLines } from './fixed-lines.ts';

/** A file after a step, and the lines that the step changes. */
export interface ChangedFile {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly FixedLine[];
}

export interface ShownStep extends Omit<MigrationStep, 'files'> {
  readonly files: readonly ChangedFile[];
}

export interface MigrationView {
  readonly steps: readonly ShownStep[];
  readonly left: readonly LeftRule[];
  readonly drivers: readonly Driver[];
}

/** The steps of a migration, as the screen shows them. */
export function migrationView({ major, hba, conf, included }: Files, goal: MigrationGoal): MigrationView {
  const { steps, left } = planMigration({ goal, major, hba, ...(conf === '' ? {} : { conf }), files: included });
  const linesOf = (name: string, text: string) =>
    name === 'pg_hba.conf' ? parseHba(text, { major }).lines : parseConf(text, { major }).lines;
  return {
    steps: steps.map((step) => ({
      ...step,
      files: step.files.map(({ name, edits, before, after }) => ({
        name,
        text: after,
        lines: fixedLines(linesOf(name, before), edits),
      })),
    })),
    left,
    drivers,
  };
}
