import type { Edit } from '../postgres/edit-lines.ts';
import type { Document, Sourced } from '../source.ts';

/** One step of a migration on a running server. The steps are done in order, each after the check of the one before. */
export interface MigrationStep {
  /** Stable, for links and ticked boxes: `scram-rules`. */
  readonly id: string;
  readonly title: string;
  /** What to do, then why. */
  readonly text: string;
  /** What to know before the step. */
  readonly notes?: readonly Sourced<Document>[];
  /** Statements for psql as a superuser. */
  readonly sql?: string;
  /** The files that change. A reload loads each of them. */
  readonly files: readonly FileStep[];
  /** What must be true before the next step. */
  readonly check: Check;
  /** Who can't connect from this step on; absent if everyone still can. */
  readonly locksOut?: string;
  /** How to return to the state before the step. */
  readonly back: Back;
}

export interface Check {
  readonly text: string;
  readonly sql?: string;
}

export interface Back {
  readonly text: string;
  readonly sql?: string;
}

/** The edits of one file in a step. They keep every comment, and the columns of the rules. */
export interface FileStep {
  readonly name: 'pg_hba.conf' | 'postgresql.conf';
  readonly edits: readonly Edit[];
  readonly before: string;
  readonly after: string;
}

/** A rule that the plan leaves unchanged, although it belongs to the goal. */
export interface LeftRule {
  readonly line: number;
  /** The included file that contains it. */
  readonly file?: string;
  readonly reason: string;
}

/** The way back of a step that only edits files. */
export const RESTORE: Back = { text: 'Restore the file as it was before this step, and reload.' };

/** Loads pg_hba.conf, and the settings that need no restart. */
export const RELOAD = 'SELECT pg_reload_conf();';
