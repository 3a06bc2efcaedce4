import type { SideFiles } from '../side-files.ts';
import { rawLines } from './lines.ts';
import { type Build, parseRecord } from './parse-record.ts';
import { PlainRecord } from './plain-record.ts';
import { type HbaRecord, METHODS } from './record.ts';
import { eachLine, MAIN_FILE, withinLimits } from './tokenize.ts';

/** One logical line of the main file with every character that belongs to it. */
export interface HbaLine {
  readonly number: number;
  readonly raw: string;
}

/** A record that the server accepts, and its position. Included records have the position of their include. */
export interface PlacedRecord {
  readonly line: number;
  /** The included file that contains it; absent for the main file. */
  readonly file?: string;
  readonly record: HbaRecord;
}

/** A line that makes the server reject the whole file. */
export interface RefusedLine {
  readonly line: number;
  readonly file?: string;
  /** The error text of `pg_hba_file_rules`; null if only the log says why. */
  readonly error: string | null;
}

/** A pg_hba.conf as read by one major. */
export interface Hba {
  readonly major: number;
  /** `oauth_validator_libraries`, if the caller gave it. */
  readonly oauthValidatorLibraries?: string;
  readonly lines: readonly HbaLine[];
  readonly records: readonly PlacedRecord[];
  readonly refused: readonly RefusedLine[];
}

export interface ParseHbaOptions {
  readonly major: number;
  /** Files that `@file` and the include records name. */
  readonly files?: SideFiles;
  /**
   * `oauth_validator_libraries` (18+), as in postgresql.conf; default: not set. The server rejects an `oauth` record
   * whose validator library it does not permit, and with it the file.
   */
  readonly oauthValidatorLibraries?: string;
}

/**
 * Parses a file without losing a character; never throws. Assumes that every method is built in. A file larger than
 * `LARGEST` is one line that is rejected.
 */
export function parseHba(text: string, { major, files = {}, oauthValidatorLibraries }: ParseHbaOptions): Hba {
  const build: Build = {
    major,
    ssl: true,
    methods: new Set(METHODS),
    oauthValidatorLibraries: oauthValidatorLibraries ?? '',
  };
  const records: PlacedRecord[] = [];
  const refused: RefusedLine[] = [];
  eachLine(text, { major, files }, ({ file, number: line, fields, error, plain }) => {
    const parsed = error === null ? parseRecord(fields, build) : { error };
    const included = file !== MAIN_FILE;
    if ('type' in parsed) {
      const record = plain ? new PlainRecord(parsed, plain) : parsed;
      records.push(included ? { line, file, record } : { line, record });
    } else refused.push({ line, ...(included ? { file } : {}), error: parsed.error });
  });
  let lines: readonly HbaLine[] | undefined;
  return {
    major,
    ...(oauthValidatorLibraries === undefined ? {} : { oauthValidatorLibraries }),
    records,
    refused,
    // Not needed by callers that only use the records.
    get lines() {
      lines ??= linesOf(text, major);
      return lines;
    },
  };
}

/** Parses an edited text as the server of that file reads it, or as another major does. */
export const parseAgain = (
  text: string,
  { major, oauthValidatorLibraries }: Pick<Hba, 'major' | 'oauthValidatorLibraries'>,
  { files, as = major }: { readonly files?: SideFiles | undefined; readonly as?: number } = {},
): Hba =>
  parseHba(text, {
    major: as,
    ...(files ? { files } : {}),
    ...(oauthValidatorLibraries === undefined ? {} : { oauthValidatorLibraries }),
  });

function linesOf(text: string, major: number): HbaLine[] {
  if (!withinLimits(text)) return [{ number: 1, raw: text }];
  return [...rawLines(text, major)];
}

/** The text of the file: for an unedited parse the same bytes. */
export const printHba = ({ lines }: Pick<Hba, 'lines'>): string => lines.map(({ raw }) => raw).join('');

/** A line of the main file by its number; it may span several physical lines. */
export function lineAt({ lines }: Pick<Hba, 'lines'>, number: number): HbaLine | undefined {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.number ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  const line = lines[low];
  return line?.number === number ? line : undefined;
}

/** The index of the first record at a line or below it; `records` are of one file. */
export function firstRecordFrom(records: readonly PlacedRecord[], line: number): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.line ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
