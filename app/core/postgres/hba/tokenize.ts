import { byteLength } from '../../bytes/bytes.ts';
import { rejoined } from '../../bytes/decode.ts';
import { Folder, normalPath, openedPath, type SideFiles, shownPath } from '../side-files.ts';
import { crash } from './crash.ts';
import { type LogicalLine, logicalLines } from './lines.ts';
import type { Field, Stretch, Token, TokenLine } from './token.ts';

/** The main file's name. */
export const MAIN_FILE = 'pg_hba.conf';

/** Bytes of one token on 11 to 15 (`MAX_TOKEN` of minor releases since August 2023), minus the final NUL. */
const LONGEST_TOKEN = 10239;

/** Maximum depth of files that name one another (`CONF_FILE_MAX_DEPTH`). */
const DEEPEST = 10;

/** 11 to 15 are limited only by the number of open files: about 300 on most systems (`maxAllocatedDescs`). */
const DEEPEST_BEFORE_16 = 300;

/**
 * Characters and lines of all files together, and how often one is opened; the server has no such limit, and real files
 * are far smaller.
 */
export const LARGEST = { characters: 2 ** 24, lines: 1_000_000, opened: 10_000 };

const tooLarge = `more than ${LARGEST.characters / 2 ** 20} million characters or a million lines: not read here`;

/** Character codes. */
const TAB = 9;
const RETURN = 13;
const BLANK = 32;
const QUOTE = 34;
const HASH = 35;
const COMMA = 44;
const AT = 64;
const isBlank = (code: number) => code === BLANK || code === TAB;

/** Since 19 a carriage return within a line is part of a name (`pg_isblank`). */
const returnIsBlank = (major: number) => major < 19;

/** Whether a text is read at all. */
export function withinLimits(text: string): boolean {
  if (text.length > LARGEST.characters) return false;
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) if (++lines > LARGEST.lines) return false;
  return true;
}

interface Reading {
  readonly major: number;
  readonly folder: Folder;
  /** The files being read, each included by the previous one. */
  readonly within: string[];
  /** What is left of `LARGEST`, so that reading files which name one another many times terminates. */
  characters: number;
  lines: number;
  opened: number;
}

/** Receives the non-empty lines. */
type Take = (line: TokenLine) => unknown;

/** The lines of a file and of the files that it includes, in the order in which the server reads them. */
export function tokenize(text: string, major: number, files: SideFiles = {}): TokenLine[] {
  const found: TokenLine[] = [];
  eachLine(text, { major, files }, (line) => found.push(line));
  return found;
}

/** The same, passed on one by one, so that none is stored. */
export function eachLine(
  text: string,
  { major, files }: { readonly major: number; readonly files: SideFiles },
  take: Take,
): void {
  const folder = new Folder({ ...files, [MAIN_FILE]: text });
  readLines(text, MAIN_FILE, { major, folder, within: [], ...LARGEST }, 0, take);
}

function readLines(given: string, file: string, reading: Reading, depth: number, take: Take): void {
  // An edit can make the parts of a character adjacent.
  const text = rejoined(given);
  reading.characters -= text.length;
  if (reading.characters < 0 || !withinLimits(text)) {
    take({ file, number: 1, fields: [], error: tooLarge, plain: null });
    return;
  }
  reading.within.push(normalPath(file));
  eachLogicalLine(text, file, reading, depth, take);
  reading.within.pop();
}

function eachLogicalLine(text: string, file: string, reading: Reading, depth: number, take: Take): void {
  for (const line of logicalLines(text, reading.major)) {
    if (reading.lines-- <= 0) {
      take({ file, number: line.number, fields: [], error: tooLarge, plain: null });
      return;
    }
    if (line.tooLong) {
      take({ file, number: line.number, fields: [], error: 'authentication file line too long', plain: null });
      continue;
    }
    // A character has at most three bytes per code unit.
    const plain = (line.to - line.from) * 3 <= LONGEST_TOKEN ? plainFields(line) : undefined;
    const { fields, error } = plain ? { fields: plain, error: null } : lineFields(line, file, reading, depth);
    if (fields.length === 0 && error === null) continue;
    const include = error === null && reading.major >= 16 ? includeOf(fields) : undefined;
    if (!include) {
      take({ file, number: line.number, fields, error, plain: plain ? line : null });
      continue;
    }
    const refused = readIncluded(include.kind, include.name, file, reading, depth, take);
    if (refused !== null) take({ file, number: line.number, fields, error: refused, plain: null });
  }
}

type IncludeKind = 'include' | 'include_if_exists' | 'include_dir';

/** An include record has exactly two fields; only the first token of each counts, and quotes do not (`tokenize_auth_file`). */
function includeOf(fields: readonly Field[]): { kind: IncludeKind; name: string } | undefined {
  const [kind, name] = [fields[0]?.[0]?.text, fields[1]?.[0]?.text];
  if (fields.length !== 2 || name === undefined) return undefined;
  return kind === 'include' || kind === 'include_if_exists' || kind === 'include_dir' ? { kind, name } : undefined;
}

/** Passes on the lines of what an include record names; returns why that failed. */
function readIncluded(
  kind: IncludeKind,
  name: string,
  from: string,
  reading: Reading,
  depth: number,
  take: Take,
): string | null {
  const path = openedPath(name, from, reading.major);
  if (kind !== 'include_dir') {
    const opened = open(path, reading, depth + 1);
    if (opened.text === undefined) return kind === 'include_if_exists' && opened.missing ? null : opened.error;
    readLines(opened.text, path, reading, depth + 1, take);
    return null;
  }
  if (/^[ \t\r\n\v\f]*$/.test(name)) return 'empty configuration directory name';
  const names = reading.folder.taken(path);
  if (!names) return `could not open directory "${shownPath(path)}"`;
  const errors: string[] = [];
  for (const file of names) {
    const opened = open(file, reading, depth + 1);
    if (opened.text === undefined) errors.push(opened.error);
    else readLines(opened.text, file, reading, depth + 1, take);
  }
  return errors.length === 0 ? null : errors.join('\n');
}

type Opened =
  | { readonly text: string }
  | { readonly text?: undefined; readonly error: string; readonly reason?: string; readonly missing: boolean };

function open(path: string, reading: Reading, depth: number): Opened {
  const { major, folder, within } = reading;
  if (major < 16 && within.includes(normalPath(path)))
    return { error: crash(`"${shownPath(path)}" includes itself`), missing: false };
  if (major < 16 && depth > DEEPEST_BEFORE_16)
    return { error: crash(`files include one another more than ${DEEPEST_BEFORE_16} deep`), missing: false };
  if (major >= 16 && depth > DEEPEST)
    return { error: `could not open file "${shownPath(path)}": maximum nesting depth exceeded`, missing: false };
  if (reading.opened-- <= 0)
    return { error: `"${shownPath(path)}": ${LARGEST.opened} files are read already`, missing: false };
  const opened = folder.open(path);
  if (opened === 'directory') {
    // It opens, but reading fails; since 14 only the log says so.
    if (major >= 14) return { text: '' };
    return { error: `could not read file "${shownPath(path)}": Is a directory`, missing: false };
  }
  if ('text' in opened) return opened;
  return {
    error: `could not open ${major < 16 ? 'configuration ' : ''}file "${shownPath(path)}": ${opened.reason}`,
    ...opened,
  };
}

/** The fields of one logical line, up to the first error. */
function lineFields(
  { text, from, to }: LogicalLine,
  file: string,
  reading: Reading,
  depth: number,
): { fields: Field[]; error: string | null } {
  const fields: Field[] = [];
  const line = new Scanner(text, from, to, reading.major);
  while (line.at < to) {
    let field: Token[] | undefined;
    let error: string | null = null;
    do {
      const token = line.next();
      if (!token) break;
      if (reading.major < 16 && byteLength(token.text) > LONGEST_TOKEN) error = 'authentication file token too long';
      else if (token.quoted || !token.text.startsWith('@') || token.text.length === 1) {
        // A growing array reserves extra space, and most fields contain one token.
        if (field) field.push(token);
        else field = [token];
      } else {
        field ??= [];
        error = expand(token.text.slice(1), file, reading, depth, field);
      }
    } while (line.comma && error === null);
    if (field && field.length > 0) fields.push(field);
    if (error !== null) return { fields, error };
  }
  return { fields, error: null };
}

/**
 * The fields of a line without quotes, lists, files and carriage returns, as most lines are: the same result as
 * `Scanner`, in a third of its time.
 */
export function plainFields({ text, from, to }: Stretch): Field[] | undefined {
  const fields: Field[] = [];
  let start = -1;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code > COMMA) {
      if (start >= 0) continue;
      if (code === AT) return undefined;
      start = at;
    } else if (isBlank(code) || code === HASH) {
      if (start >= 0) fields.push([{ text: text.slice(start, at), quoted: false }]);
      if (code === HASH) return fields;
      start = -1;
    } else if (code === QUOTE || code === COMMA || code === RETURN) return undefined;
    else if (start < 0) start = at;
  }
  if (start >= 0) fields.push([{ text: text.slice(start, to), quoted: false }]);
  return fields;
}

/** Adds the tokens of a file that `@name` refers to; fields and lines are irrelevant there. Returns why that failed. */
function expand(name: string, from: string, reading: Reading, depth: number, into: Token[]): string | null {
  const path = openedPath(name, from, reading.major);
  const opened = open(path, reading, depth + 1);
  if (opened.text === undefined) {
    if (reading.major >= 16 || opened.reason === undefined) return opened.error;
    return `could not open secondary authentication file "@${name}" as "${shownPath(path)}": ${opened.reason}`;
  }
  let failed: string | null = null;
  readLines(opened.text, path, reading, depth + 1, ({ fields, error }) => {
    failed ??= error;
    if (failed === null) for (const field of fields) for (const token of field) into.push(token);
  });
  return failed;
}

/** Scans a line, a stretch of some text, token by token (`next_token` of `hba.c`). */
export class Scanner {
  readonly #text: string;
  readonly #to: number;
  readonly #returnIsBlank: boolean;
  /** Where the next token may begin. */
  at: number;
  /** The last token ended at a comma, so the field continues. */
  comma = false;

  constructor(text: string, from: number, to: number, major: number) {
    this.#text = text;
    this.#to = to;
    this.#returnIsBlank = returnIsBlank(major);
    this.at = from;
  }

  /** The next token; undefined if only blanks, commas or a comment are left. */
  next(): Token | undefined {
    const text = this.#text;
    const to = this.#to;
    const from = this.start();
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return this.#quoted(from);
      if (this.#ends(code, at)) return at > from ? { text: text.slice(from, at), quoted: false } : undefined;
    }
    this.comma = false;
    this.at = to;
    return from < to ? { text: text.slice(from, to), quoted: false } : undefined;
  }

  /** The offset of the next character that is neither a blank nor a comma. */
  start(): number {
    let from = this.at;
    while (from < this.#to && (this.#isBlank(this.#text.charCodeAt(from)) || this.#text.charCodeAt(from) === COMMA))
      from++;
    return from;
  }

  #isBlank(code: number): boolean {
    return isBlank(code) || (code === RETURN && this.#returnIsBlank);
  }

  /** Whether the character ends an unquoted token; skips it. */
  #ends(code: number, at: number): boolean {
    if (code !== COMMA && code !== HASH && !this.#isBlank(code)) return false;
    this.comma = code === COMMA;
    this.at = code === HASH ? this.#to : code === COMMA ? at + 1 : at;
    return true;
  }

  /** A token with quotes in it, character by character. */
  #quoted(from: number): Token {
    let text = '';
    let inQuote = false;
    let wasQuote = false;
    let quoted = false;
    this.comma = false;
    this.at = this.#to;
    for (let at = from; at < this.#to; at++) {
      const code = this.#text.charCodeAt(at);
      if (!inQuote && this.#ends(code, at)) break;
      if (code !== QUOTE || wasQuote) text += this.#text[at];
      wasQuote = inQuote && code === QUOTE ? !wasQuote : false;
      if (code === QUOTE) {
        inQuote = !inQuote;
        if (text === '') quoted = true;
      }
    }
    return { text: rejoined(text), quoted };
  }
}
