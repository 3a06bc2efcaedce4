import type { RecordReach } from '../access/reach/reachability.ts';
import type { Conf, ConfSetting } from '../postgres/conf/conf.ts';
import type { Edit } from '../postgres/edit-lines.ts';
import type { Hba } from '../postgres/hba/hba.ts';

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

/** What rules about postgresql.conf look at. */
export interface ConfInput {
  readonly conf: Conf;
  readonly major: number;
  /** What counts of each setting, by its lower-case name. */
  readonly settings: ReadonlyMap<string, ConfSetting>;
  /** Every included file was given, so that a setting that is not there has its default. */
  readonly whole: boolean;
  readonly hba?: Hba;
  /** The addresses of the host, where they are known. */
  readonly addresses?: readonly string[];
}

export interface ConfRule extends Rule<ConfInput> {
  /** What the examples need beside them. */
  readonly beside?: { readonly hba?: string; readonly addresses?: readonly string[] };
}

interface Standing {
  readonly line: number;
  readonly file?: string;
}

const hitAt = (name: Hit['file'], { line, file }: Standing, message: string, fix: Fix | undefined): Hit => {
  const hit: { -readonly [Key in keyof Hit]: Hit[Key] } = { file: name, line, message };
  if (file !== undefined) hit.included = file;
  if (fix) hit.fix = fix;
  return hit;
};

/** A hit at a setting. */
export const atSetting = (setting: Standing, message: string, fix?: Fix): Hit =>
  hitAt('postgresql.conf', setting, message, fix);

/** A hit at a record. */
export const atRecord = (placed: Standing, message: string, fix?: Fix): Hit =>
  hitAt('pg_hba.conf', placed, message, fix);
