import { directoryFiles, resolvePath, type SideFiles, shownPath, sideFile } from '../side-files.ts';
import { logicalLines } from './lines.ts';
import { byteLength, type Field, type Token, type TokenLine } from './token.ts';

/** The main file's name. */
export const MAIN_FILE = 'pg_hba.conf';

/** Bytes of one token on 11 to 15 (`MAX_TOKEN` of the minors since August 2023), less the final NUL. */
const LONGEST_TOKEN = 10239;

/** How deep files may name one another (`CONF_FILE_MAX_DEPTH`). 11 to 15 have no limit and die of it; here they share it. */
const DEEPEST = 10;

const isBlank = (character: string | undefined) => character === ' ' || character === '\t' || character === '\r';

interface Reading {
  readonly major: number;
  readonly files: SideFiles;
}

/** The lines of a file and of those that it includes, in the order in which the server sees them. */
export function tokenize(text: string, major: number, files: SideFiles = {}): TokenLine[] {
  return fileLines(text, MAIN_FILE, { major, files }, 0);
}

function fileLines(text: string, file: string, reading: Reading, depth: number): TokenLine[] {
  const found: TokenLine[] = [];
  for (const line of logicalLines(text, reading.major)) {
    if (line.tooLong) {
      found.push({ file, number: line.number, fields: [], error: 'authentication file line too long' });
      continue;
    }
    const { fields, error } = lineFields(line.text, file, reading, depth);
    if (fields.length === 0 && error === null) continue;
    const include = error === null && reading.major >= 16 ? includeOf(fields) : undefined;
    if (!include) {
      found.push({ file, number: line.number, fields, error });
      continue;
    }
    const included = includedLines(include.kind, include.name, file, reading, depth);
    found.push(...included.lines);
    if (included.error !== null) found.push({ file, number: line.number, fields, error: included.error });
  }
  return found;
}

type IncludeKind = 'include' | 'include_if_exists' | 'include_dir';

/** An include record has exactly two fields; only the first token of each counts, and quotes do not (`tokenize_auth_file`). */
function includeOf(fields: readonly Field[]): { kind: IncludeKind; name: string } | undefined {
  const [kind, name] = [fields[0]?.[0]?.text, fields[1]?.[0]?.text];
  if (fields.length !== 2 || name === undefined) return undefined;
  return kind === 'include' || kind === 'include_if_exists' || kind === 'include_dir' ? { kind, name } : undefined;
}

interface Included {
  readonly lines: readonly TokenLine[];
  readonly error: string | null;
}

function includedLines(kind: IncludeKind, name: string, from: string, reading: Reading, depth: number): Included {
  const path = resolvePath(name, from);
  if (kind !== 'include_dir') {
    const opened = open(path, reading, depth + 1);
    if (opened.text !== undefined) return { lines: fileLines(opened.text, path, reading, depth + 1), error: null };
    return { lines: [], error: kind === 'include_if_exists' && opened.missing ? null : opened.error };
  }
  if (/^[ \t\r\n\v\f]*$/.test(name)) return { lines: [], error: 'empty configuration directory name' };
  const names = directoryFiles(reading.files, path);
  if (!names) return { lines: [], error: `could not open directory "${shownPath(path)}"` };
  const parts = names.map((file) => ({ file, opened: open(file, reading, depth + 1) }));
  const errors = parts.flatMap(({ opened }) => (opened.text === undefined ? [opened.error] : []));
  return {
    lines: parts.flatMap(({ file, opened }) =>
      opened.text === undefined ? [] : fileLines(opened.text, file, reading, depth + 1),
    ),
    error: errors.length === 0 ? null : errors.join('\n'),
  };
}

type Opened =
  | { readonly text: string }
  | { readonly text?: undefined; readonly error: string; readonly missing: boolean };

function open(path: string, { major, files }: Reading, depth: number): Opened {
  if (depth > DEEPEST)
    return { error: `could not open file "${shownPath(path)}": maximum nesting depth exceeded`, missing: false };
  const text = sideFile(files, path);
  if (text !== undefined) return { text };
  const reason = 'No such file or directory';
  return {
    error: `could not open ${major < 16 ? 'configuration ' : ''}file "${shownPath(path)}": ${reason}`,
    missing: true,
  };
}

/** The fields of one logical line, up to the first error. */
function lineFields(
  text: string,
  file: string,
  reading: Reading,
  depth: number,
): { fields: Field[]; error: string | null } {
  const fields: Field[] = [];
  let at = 0;
  while (at < text.length) {
    const field: Token[] = [];
    let comma = true;
    while (comma) {
      const next = nextToken(text, at);
      at = next.end;
      comma = next.comma;
      if (!next.token) break;
      if (reading.major < 16 && byteLength(next.token.text) > LONGEST_TOKEN) {
        return {
          fields: [...fields, ...(field.length > 0 ? [field] : [])],
          error: 'authentication file token too long',
        };
      }
      if (next.token.quoted || !next.token.text.startsWith('@') || next.token.text.length === 1) {
        field.push(next.token);
        continue;
      }
      const expanded = expand(next.token.text.slice(1), file, reading, depth);
      field.push(...expanded.tokens);
      if (expanded.error !== null)
        return { fields: [...fields, ...(field.length > 0 ? [field] : [])], error: expanded.error };
    }
    if (field.length > 0) fields.push(field);
  }
  return { fields, error: null };
}

/** The tokens of a file that `@name` stands for; fields and lines count for nothing there. */
function expand(
  name: string,
  from: string,
  reading: Reading,
  depth: number,
): { tokens: Token[]; error: string | null } {
  const path = resolvePath(name, from);
  const opened = open(path, reading, depth + 1);
  if (opened.text === undefined) {
    const secondary = `could not open secondary authentication file "@${name}" as "${shownPath(path)}": No such file or directory`;
    return { tokens: [], error: reading.major < 16 && opened.missing ? secondary : opened.error };
  }
  const tokens: Token[] = [];
  for (const line of fileLines(opened.text, path, reading, depth + 1)) {
    if (line.error !== null) return { tokens, error: line.error };
    tokens.push(...line.fields.flat());
  }
  return { tokens, error: null };
}

interface NextToken {
  readonly token: Token | undefined;
  readonly end: number;
  /** It ended at a comma, so the field goes on. */
  readonly comma: boolean;
}

/** `next_token` of `hba.c`, character by character. */
export function nextToken(line: string, from: number): NextToken {
  let at = from;
  while (at < line.length && (isBlank(line[at]) || line[at] === ',')) at++;
  let text = '';
  let inQuote = false;
  let wasQuote = false;
  let sawQuote = false;
  let quoted = false;
  let comma = false;
  for (; at < line.length; at++) {
    const character = line[at];
    if (isBlank(character) && !inQuote) break;
    if (character === '#' && !inQuote) {
      at = line.length;
      break;
    }
    if (character === ',' && !inQuote) {
      comma = true;
      at++;
      break;
    }
    if (character !== '"' || wasQuote) text += character;
    wasQuote = inQuote && character === '"' ? !wasQuote : false;
    if (character === '"') {
      inQuote = !inQuote;
      sawQuote = true;
      if (text === '') quoted = true;
    }
  }
  return { token: sawQuote || text !== '' ? { text, quoted } : undefined, end: at, comma };
}
