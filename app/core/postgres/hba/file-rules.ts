import { DATA_DIRECTORY, type SideFiles } from '../side-files.ts';
import { numericText } from './address.ts';
import { type Build, parseRecord } from './parse-record.ts';
import { type HbaRecord, METHODS, type RecordAddress } from './record.ts';
import { eachLine } from './tokenize.ts';

/** One row of `pg_hba_file_rules`, column by column; null where the view has null. */
export interface FileRule {
  /** Since 16; null on error rows. */
  readonly rule_number?: number | null;
  /** Since 16. */
  readonly file_name?: string;
  readonly line_number: number;
  readonly type: string | null;
  readonly database: readonly string[] | null;
  readonly user_name: readonly string[] | null;
  readonly address: string | null;
  readonly netmask: string | null;
  readonly auth_method: string | null;
  readonly options: readonly string[] | null;
  readonly error: string | null;
}

export interface FileRulesOptions {
  readonly major: number;
  readonly files?: SideFiles;
  /** `ssl = on`; default true. */
  readonly ssl?: boolean;
  /** Authentication methods of the server's build; default: all but bsd and sspi. */
  readonly methods?: readonly string[];
  /** `oauth_validator_libraries` (18+), as in postgresql.conf; default: not set, so `oauth` is rejected. */
  readonly oauthValidatorLibraries?: string;
}

const usualMethods = METHODS.filter((method) => method !== 'bsd' && method !== 'sspi');

/** The rows that the view of the given major shows for this file. */
export function fileRules(
  text: string,
  { major, files = {}, ssl = true, methods = usualMethods, oauthValidatorLibraries = '' }: FileRulesOptions,
): FileRule[] {
  const build: Build = { major, ssl, methods: new Set(methods), oauthValidatorLibraries, expressionsAsInView: true };
  const rows: FileRule[] = [];
  let rules = 0;
  eachLine(text, { major, files }, ({ file, number: line_number, fields, error: unreadable }) => {
    const parsed = unreadable === null ? parseRecord(fields, build) : { error: unreadable };
    const error = 'type' in parsed ? parsed.remark : parsed.error;
    const columns = 'type' in parsed ? columnsOf(parsed) : empty;
    if (major < 16) rows.push({ line_number, ...columns, error });
    else {
      const rule_number = error === null ? ++rules : null;
      const file_name = file.startsWith('/') ? file : `${DATA_DIRECTORY}/${file}`;
      rows.push({ rule_number, file_name, line_number, ...columns, error });
    }
  });
  return rows;
}

type Columns = Omit<FileRule, 'rule_number' | 'file_name' | 'line_number' | 'error'>;

const empty: Columns = {
  type: null,
  database: null,
  user_name: null,
  address: null,
  netmask: null,
  auth_method: null,
  options: null,
};

function columnsOf({ type, databases, users, address, method, options }: HbaRecord): Columns {
  return {
    type,
    database: databases.map(({ text }) => text),
    user_name: users.map(({ text }) => text),
    address: addressColumn(address),
    netmask: address?.kind === 'network' ? numericText(address.mask) : null,
    auth_method: method,
    options: options.length > 0 ? options : null,
  };
}

function addressColumn(address: RecordAddress | null): string | null {
  if (address === null) return null;
  if (address.kind === 'network') return numericText(address.address);
  return address.kind === 'name' ? address.name : address.kind;
}
