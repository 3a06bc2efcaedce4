/** Reading and analyzing pg_hba.conf. */
import { type AccessChange, compareAccess as compare, type PossibleChange } from '../hba-analysis/compare.ts';
import { type Connection, type Decision, decide as decideRecord } from '../hba-analysis/decide.ts';
import {
  type ReachabilityOptions,
  type RecordReach,
  reachability as recordReach,
} from '../hba-analysis/reachability.ts';
import { type FileRule, type FileRulesOptions, fileRules as rowsOf } from '../postgres/hba/file-rules.ts';
import { type Hba, type ParseHbaOptions, parseHba as parse, printHba as print } from '../postgres/hba/hba.ts';
import { connection } from './connection.ts';
import { boolean, guarded, listOfText, major, objectOf, optional, parsedHba, sideFiles, text } from './input.ts';
import { withJson } from './json.ts';

export type { Connection, Decision, Outcome, Place, Skip } from '../hba-analysis/decide.ts';
export type { HbaLine, RefusedLine } from '../postgres/hba/hba.ts';
export { MAJORS, type Major, USUAL_MAJOR } from '../postgres/release.ts';
export type { SideFiles } from '../postgres/side-files.ts';
export type { Failure, Issue, Result } from '../result.ts';
export type {
  AccessChange,
  FileRule,
  FileRulesOptions,
  Hba,
  ParseHbaOptions,
  PossibleChange,
  ReachabilityOptions,
  RecordReach,
};

const reading = objectOf({ major, files: optional(sideFiles), oauthValidatorLibraries: optional(text) });

/**
 * Reads pg_hba.conf as one major does (`hba.c`), without losing a character: `printHba` returns the same bytes. `files` maps
 * names to texts for the include records (from 16) and `@file`; `oauthValidatorLibraries` is that setting (from 18).
 */
export const parseHba = guarded((content: string, options: ParseHbaOptions): Hba => withJson(parse(content, options)), {
  text,
  options: reading,
});

/** The text of a parsed file. */
export const printHba = guarded((hba: Pick<Hba, 'lines'>): string => print(hba), {
  hba: parsedHba,
});

/** The rows that `pg_hba_file_rules` of the given major shows for a file. */
export const fileRules = guarded((content: string, options: FileRulesOptions): FileRule[] => rowsOf(content, options), {
  text,
  options: objectOf({
    major,
    files: optional(sideFiles),
    ssl: optional(boolean),
    methods: optional(listOfText),
    oauthValidatorLibraries: optional(text),
  }),
});

/** Which record matches a connection, with the reason why each earlier record is skipped (`hba.c`, `check_hba`). */
export const decide = guarded((hba: Hba, to: Connection): Decision => decideRecord(hba, to), {
  hba: parsedHba,
  connection,
});

/** For each record: whether it can match at all, with a witness, or with the records that cover it. */
export const reachability = guarded(
  (hba: Hba, options: ReachabilityOptions = {}): RecordReach[] => recordReach(hba, options),
  { hba: parsedHba, options: optional(objectOf({ ssl: optional(boolean), gss: optional(boolean) })) },
);

/** Every region of connections whose outcome differs between two files; empty means proven equivalent. */
export const compareAccess = guarded(
  (before: Hba, after: Hba): (AccessChange | PossibleChange)[] => compare(before, after),
  { before: parsedHba, after: parsedHba },
);
