import type { RecordReach } from '../access/reach/reachability.ts';
import type { Edit } from '../postgres/hba/edit.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';

/**
 * How bad it is. `critical`: somebody gets in who should not, or nobody gets in. `warning`: weaker than it looks, or a trap.
 * `notice`: it works, and says less than it could.
 */
export type AuditSeverity = 'critical' | 'warning' | 'notice';

export interface Reference {
  readonly title: string;
  readonly url: string;
}

/** A change that mends what a rule found. */
export interface Fix {
  /** What the button says: `Ask for a password`. */
  readonly title: string;
  readonly file: 'pg_hba.conf' | 'postgresql.conf';
  readonly edits: readonly Edit[];
}

/** What a rule found at one place. */
export interface Hit {
  readonly file: 'pg_hba.conf' | 'postgresql.conf';
  /** Logical line, from 1; absent for what is missing. */
  readonly line?: number;
  /** The included file that holds the line. */
  readonly included?: string;
  /** One sentence with the values found. */
  readonly message: string;
  readonly fix?: Fix;
}

/** What rules about pg_hba.conf look at. */
export interface HbaInput {
  readonly hba: Hba;
  readonly major: number;
  /** What `reachability` says, found out when first asked; in the order of `hba.records`. */
  readonly reach: () => readonly RecordReach[];
}

/**
 * One rule: one file, with all that there is to say about it. The text is a document in English, as that of the pages; the
 * page of the rule is made of it.
 */
export interface Rule<Input> {
  /** For suppression, links and exports: `trust-over-tcp`. Never changes. */
  readonly id: string;
  readonly severity: AuditSeverity;
  readonly title: string;
  /** Why it matters, in two or three sentences. */
  readonly why: string;
  /** Lines that the rule finds, and what should stand there instead. The tests try both. */
  readonly wrong: string;
  readonly right: string;
  readonly references: readonly Reference[];
  readonly check: (input: Input) => Iterable<Hit>;
}

export type HbaRule = Rule<HbaInput>;

/** A hit at a record. */
export const atRecord = ({ line, file }: PlacedRecord, message: string, fix?: Fix): Hit => ({
  file: 'pg_hba.conf',
  line,
  ...(file === undefined ? {} : { included: file }),
  message,
  ...(fix ? { fix } : {}),
});
