import type { RecordReach } from '../hba-analysis/reachability.ts';
import type { Conf, ConfSetting } from '../postgres/conf/conf.ts';
import type { Edit } from '../postgres/edit-lines.ts';
import type { Hba } from '../postgres/hba/hba.ts';
import type { Hosts } from '../postgres/hosts/hosts.ts';
import type { Severity } from '../severity.ts';
import type { OverlapIndex } from './overlap-index.ts';

export interface Reference {
  readonly title: string;
  readonly url: string;
}

/** What a fix does to access or settings, and nothing else. `proveFix` checks it. */
export type FixPromise =
  /** Every connection has the same outcome as before. */
  | { readonly kind: 'same' }
  /** Only connections of this role from other hosts are rejected that could be made before. */
  | { readonly kind: 'closes'; readonly role: string }
  /** Connections are rejected, or need a stronger method than before. */
  | { readonly kind: 'stricter' }
  /** Connections are allowed, because access is as if these rules were inserted above these lines. */
  | { readonly kind: 'adds'; readonly rules: readonly RuleAt[] }
  /** Only these settings of postgresql.conf have another value. */
  | { readonly kind: 'settings'; readonly names: readonly string[] };

/** A rule, and the line of the file above which it would be inserted. */
export interface RuleAt {
  readonly line: number;
  readonly text: string;
}

/** A change that fixes what a rule found. */
export interface Fix {
  /** The button label: `Ask for a password`. */
  readonly title: string;
  readonly file: 'pg_hba.conf' | 'postgresql.conf';
  readonly edits: readonly Edit[];
  readonly promise: FixPromise;
  /** The version that will read the fixed file; absent: the one that reads it now. */
  readonly for?: number;
  /** The server didn't read the edited lines as they are written, so that no finding about them is new. */
  readonly reads?: true;
  /** Rules whose findings may take the place of the one that is fixed: what they report was true before. */
  readonly leaves?: readonly string[];
}

/** A finding of a rule at one place. */
export interface Hit {
  readonly file: 'pg_hba.conf' | 'postgresql.conf';
  /** Logical line, counted from 1; absent for findings about something missing. */
  readonly line?: number;
  /** The included file that contains the line. */
  readonly included?: string;
  /** One sentence with the values found. */
  readonly message: string;
  readonly fix?: Fix;
}

/** Input of rules about pg_hba.conf. */
export interface HbaInput {
  readonly hba: Hba;
  readonly major: number;
  /** False if postgresql.conf turns TLS off, so that no `hostssl` record matches. */
  readonly ssl: boolean;
  /** The name of the bootstrap superuser. */
  readonly superuser: string;
  /** The result of `reachability`, computed on first use; in the order of `hba.records`. */
  readonly reach: () => readonly RecordReach[];
  /** Finds overlapping records; made on first use. */
  readonly overlaps: () => OverlapIndex;
}

/**
 * One rule: one file, with everything about it. The text is written in English, as are the pages.
 */
export interface Rule<Input> {
  /** For suppression, links and exports: `trust-over-tcp`. Never changes. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why it matters, in two or three sentences. */
  readonly why: string;
  /** Lines that the rule finds, and what should replace them. The tests try both. */
  readonly wrong: string;
  readonly right: string;
  readonly references: readonly Reference[];
  readonly check: (input: Input) => Iterable<Hit>;
}

export interface HbaRule extends Rule<HbaInput> {
  /**
   * Each hit is about one record and has its line. Of the file, it depends only on the text of that line, the record, its
   * reachability, the nearest records (`NEIGHBOURS`) and the records above it (`MAX_DISTANCE`). Therefore `HitCache` runs
   * the rule on only a part of the file after an edit.
   */
  readonly near?: true;
}

/** Input of rules about postgresql.conf. */
export interface ConfInput {
  readonly conf: Conf;
  readonly major: number;
  /** The effective setting of each name, by lower-case name. */
  readonly settings: ReadonlyMap<string, ConfSetting>;
  /** Every included file was given, so a setting that is absent has its default. */
  readonly whole: boolean;
  readonly hba?: Hba;
  /** The addresses of the host, if known. */
  readonly addresses?: readonly string[];
}

export interface ConfRule extends Rule<ConfInput> {
  /** Additional input for the examples. */
  readonly beside?: { readonly hba?: string; readonly addresses?: readonly string[] };
}

/** Input of rules about pg_hosts.conf. */
export interface HostsInput {
  readonly hosts: Hosts;
  readonly major: number;
  /** As in `ConfInput`; absent if postgresql.conf was not given. */
  readonly settings?: ReadonlyMap<string, ConfSetting>;
  /** postgresql.conf and every file that it includes were given. */
  readonly whole: boolean;
}

export type HostsRule = Rule<HostsInput>;

/** Input of rules about the version. At least one file is given. */
export interface VersionInput {
  readonly major: number;
  readonly hba?: Hba;
  readonly conf?: Conf;
}

/** `wrong` and `right` are versions. */
export type VersionRule = Rule<VersionInput>;

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

/** The name of pg_hosts.conf among the files that the two main files name: `hosts_file` of postgresql.conf names it. */
export const HOSTS_FILE = 'pg_hosts.conf';

/** A hit in pg_hosts.conf or a file that it includes; without a line it is about the whole file. */
export const atHosts = (place: Standing | undefined, message: string): Hit =>
  place
    ? hitAt('postgresql.conf', { line: place.line, file: place.file ?? HOSTS_FILE }, message, undefined)
    : { file: 'postgresql.conf', included: HOSTS_FILE, message };
