import { MAJORS } from '../../../core/index.ts';

export const HBA = 'pg_hba.conf';
export const CONF = 'postgresql.conf';

/** A file that the user added, with every byte of it: see `decodeBytes`. */
export interface ServerFile {
  /** `pg_hba.conf`, `postgresql.conf`, or the name of an included file as the include directive has it. */
  readonly name: string;
  readonly text: string;
}

/** The files that the user added, and which files the screens use. */
export interface ServerFiles {
  readonly major: (typeof MAJORS)[number];
  /** `pg_hba.conf` and `postgresql.conf` come first and always exist; they may be empty. */
  readonly files: readonly ServerFile[];
  /** A second pg_hba.conf, to compare with the first. */
  readonly other: string;
  /** Which files the screens use: the user's or the plan's. */
  readonly source: 'files' | 'plan';
  /** The user's files while the files of a link are shown. */
  readonly kept: Pick<ServerFiles, 'major' | 'files' | 'other'> | null;
}

export const isMajor = (value: unknown): value is ServerFiles['major'] => MAJORS.some((major) => major === value);

/** Reads the saved state; undefined for anything that this page does not write. */
export function readServerFiles(saved: unknown): ServerFiles | undefined {
  if (!isObject(saved)) return undefined;
  const shown = readFileSet(saved);
  const { source, kept } = saved;
  const before = kept === null ? null : isObject(kept) ? readFileSet(kept) : undefined;
  if (!shown || before === undefined || (source !== 'files' && source !== 'plan')) return undefined;
  return { ...shown, source, kept: before };
}

function readFileSet({ major, files, other }: Readonly<Record<string, unknown>>): ServerFiles['kept'] | undefined {
  if (!isMajor(major) || typeof other !== 'string' || !Array.isArray(files)) return undefined;
  const read = files.map(readFile);
  const names = read.map((file) => file?.name);
  if (names[0] !== HBA || names[1] !== CONF || new Set(names).size < names.length) return undefined;
  return read.every((file) => file !== undefined) ? { major, files: read, other } : undefined;
}

const readFile = (file: unknown): ServerFile | undefined =>
  isObject(file) && typeof file.name === 'string' && typeof file.text === 'string'
    ? { name: file.name, text: file.text }
    : undefined;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
