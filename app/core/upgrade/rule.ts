import type { Rule } from '../audit/rule.ts';
import type { Conf } from '../postgres/conf/conf.ts';
import type { Hba } from '../postgres/hba/hba.ts';

/** One file as two majors read it. */
export interface AsRead<File> {
  readonly before: File;
  readonly after: File;
}

/** Input of the rules about an upgrade. */
export interface UpgradeFiles {
  readonly from: number;
  readonly to: number;
  readonly hba?: AsRead<Hba>;
  readonly conf?: AsRead<Conf>;
}

/** A rule about files that another major will read. Its examples are in its test, because they take two majors. */
export type UpgradeRule = Omit<Rule<UpgradeFiles>, 'wrong' | 'right'>;

export const RELEASE_NOTES = {
  title: 'PostgreSQL manual, Release Notes',
  url: 'https://www.postgresql.org/docs/release/',
};
