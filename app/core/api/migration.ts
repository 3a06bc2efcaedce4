/** Migrations of a running server. */
import { MIGRATION_GOALS, type Migration, type MigrationInput, planMigration as plan } from '../migration/migration.ts';
import { guarded, major, objectOf, oneOf, optional, sideFiles, text } from './input.ts';

export { type Driver, drivers } from '../migration/drivers.ts';
export type { MigrationGoal } from '../migration/migration.ts';
export type { FileStep, LeftRule, MigrationStep } from '../migration/step.ts';
export type { Migration, MigrationInput };

/** The steps from MD5 to SCRAM, or from `host` to `hostssl`, on a running server with no lock-out. */
export const planMigration = guarded((input: MigrationInput): Migration => plan(input), {
  input: objectOf({
    goal: oneOf(...MIGRATION_GOALS),
    major,
    hba: text,
    conf: optional(text),
    files: optional(sideFiles),
  }),
});
