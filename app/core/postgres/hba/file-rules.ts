import { DATA_DIRECTORY, type SideFiles } from '../side-files.ts';
import { numericText } from './address.ts';
import { type Build, parseRecord } from './parse-record.ts';
import { type HbaRecord, METHODS } from './record.ts';
import { tokenize } from './tokenize.ts';

/** One row of `pg_hba_file_rules`, column by column; null where the view has null. */
export interface FileRule {
  /** From 16 on; null on error rows. */
  readonly rule_number?: number | null;
  /** From 16 on. */
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
  /** `ssl = on`; true unless said otherwise. */
  readonly ssl?: boolean;
  /** Authentication methods of the server's build; all but bsd and sspi unless said otherwise. */
  readonly methods?: readonly string[];
}

const usualMethods = METHODS.filter((method) => method !== 'bsd' && method !== 'sspi');

/** The rows that the view of that major shows for this file. */
export function fileRules(
  text: string,
  { major, files = {}, ssl = true, methods = usualMethods }: FileRulesOptions,
): FileRule[] {
  const build: Build = { major, ssl, methods: new Set(methods) };
  let rules = 0;
  return tokenize(text, major, files).map(({ file, number, fields, error }) => {
    const parsed = error === null ? parseRecord(fields, build) : { error };
    const record = 'type' in parsed ? parsed : null;
    const shown = 'type' in parsed ? parsed.remark : parsed.error;
    const position = { line_number: number };
    const row = { ...position, ...columns(record), error: shown };
    if (major < 16) return row;
    if (shown === null) rules++;
    return {
      rule_number: shown === null ? rules : null,
      file_name: file.startsWith('/') ? file : `${DATA_DIRECTORY}/${file}`,
      ...row,
    };
  });
}

function columns(record: HbaRecord | null) {
  if (!record)
    return {
      type: null,
      database: null,
      user_name: null,
      address: null,
      netmask: null,
      auth_method: null,
      options: null,
    };
  const { type, databases, users, method, options } = record;
  return {
    type,
    database: databases.map(({ text }) => text),
    user_name: users.map(({ text }) => text),
    ...addressColumns(record),
    auth_method: method,
    options: options.length > 0 ? options : null,
  };
}

function addressColumns({ address }: HbaRecord): { address: string | null; netmask: string | null } {
  if (address === null) return { address: null, netmask: null };
  if (address.kind === 'network') return { address: numericText(address.address), netmask: numericText(address.mask) };
  return { address: address.kind === 'name' ? address.name : address.kind, netmask: null };
}
