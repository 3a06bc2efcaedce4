import { parseConf } from '../postgres/conf/conf.ts';
import { permittedValidators } from '../postgres/conf/facts.ts';
import { parseHba } from '../postgres/hba/hba.ts';
import type { SideFiles } from '../postgres/side-files.ts';
import type { LeftRule, MigrationStep } from './step.ts';
import { toScram } from './to-scram.ts';
import { toTls } from './to-tls.ts';

/** `scram`: from MD5 hashes to SCRAM. `tls`: from `host` to `hostssl`. */
export type MigrationGoal = 'scram' | 'tls';

export const MIGRATION_GOALS: readonly MigrationGoal[] = ['scram', 'tls'];

export interface MigrationInput {
  readonly goal: MigrationGoal;
  readonly major: number;
  readonly hba: string;
  /** postgresql.conf; without it, the steps that change settings use ALTER SYSTEM or describe the change. */
  readonly conf?: string;
  /** Files that the two files name. */
  readonly files?: SideFiles;
}

/** The steps to a goal, in order; none if the files have nothing to migrate. */
export interface Migration {
  readonly steps: readonly MigrationStep[];
  readonly left: readonly LeftRule[];
}

/**
 * How a running server gets to the goal with no lock-out: each step says what changes, what to check before the next
 * one, who can't connect afterwards, and how to return. The edits of a step apply to the file after the step before.
 */
export function planMigration({ goal, major, hba: text, conf: settings, files = {} }: MigrationInput): Migration {
  const conf = settings === undefined ? undefined : parseConf(settings, { major, files });
  const oauthValidatorLibraries = conf ? permittedValidators(conf) : '';
  const hba = parseHba(text, { major, files, oauthValidatorLibraries });
  return goal === 'scram' ? toScram(hba, conf) : toTls(hba, conf, files);
}
