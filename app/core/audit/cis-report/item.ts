import type { RecordReach } from '../../hba-analysis/reachability.ts';
import type { ConfSetting } from '../../postgres/conf/conf.ts';
import type { Hba } from '../../postgres/hba/hba.ts';

/** `unknown`: the files don't tell, or a policy or a person has to decide. */
export type Verdict = 'satisfied' | 'violated' | 'unknown';

export type Settings = ReadonlyMap<string, ConfSetting>;

export interface CisPlace {
  readonly file: 'pg_hba.conf' | 'postgresql.conf';
  readonly line: number;
  /** The included file that contains the line. */
  readonly included?: string;
}

/** What one line, or the lack of one, says about an item. */
export interface CisEvidence {
  readonly verdict: Verdict;
  readonly message: string;
  /** Absent where a default applies. */
  readonly place?: CisPlace;
}

export interface CisInput {
  readonly major: number;
  /** The effective settings; absent if postgresql.conf or a file that it includes is missing. */
  readonly settings?: Settings;
  readonly hba?: Hba;
  /** In the order of `hba.records`. */
  readonly reach: readonly RecordReach[];
}

/** An item of the benchmark that the files can answer, at least in part. */
export interface CisItem {
  readonly number: string;
  /** In our words. */
  readonly title: string;
  /** Nothing if the file that it is about is missing. */
  readonly check: (input: CisInput) => Iterable<CisEvidence>;
}
