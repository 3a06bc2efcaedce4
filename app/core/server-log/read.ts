import { type Enveloped, opened } from './envelope.ts';
import { isLabel, labeled, readPrefix } from './prefix.ts';
import { LABELS, type LogRecord, type Writer } from './record.ts';
import { csvRecord, ofCsv, ofJson } from './structured.ts';

/** Replaces messages in other languages by PostgreSQL's English ones; leaves everything else as it is. */
export type ToEnglish = (text: string) => string;

type Open = { -readonly [K in keyof LogRecord]: LogRecord[K] } & { lines: string[] };

/**
 * Reads the records of a text that arrives in pieces: a server log in any format (any `log_line_prefix`, csvlog,
 * jsonlog) with what containers, syslog and collectors put around it, the output of clients, and the logs of poolers
 * and proxies. DETAIL, HINT, CONTEXT and STATEMENT belong to the record that they follow. Keeps one record and one
 * line, so that a long text needs no memory.
 */
export class RecordReader {
  #open: Open | undefined;
  /** Where an indented line belongs. */
  #field: Field | undefined;
  /** Text of a line, or record of csvlog, that has not ended. */
  #rest = '';
  readonly #toEnglish: ToEnglish;

  constructor(toEnglish: ToEnglish = (text) => text) {
    this.#toEnglish = toEnglish;
  }

  /** The records that end with this piece of the text. */
  push(piece: string): LogRecord[] {
    return this.#read(this.#rest + piece, false);
  }

  /** The records that end with the text. */
  end(): LogRecord[] {
    const records = this.#read(this.#rest, true);
    if (this.#open) records.push(this.#open);
    this.#open = undefined;
    return records;
  }

  #read(given: string, last: boolean): LogRecord[] {
    const records: LogRecord[] = [];
    // A translated message may have line breaks that the English one lacks.
    const whole = last ? given.length : given.lastIndexOf('\n') + 1;
    const text = this.#toEnglish(given.slice(0, whole)) + given.slice(whole);
    let at = 0;
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      if (newline < 0 && !last) break;
      const end = newline < 0 ? text.length : newline;
      const csv = csvRecord(text, at);
      // It may go on in the next piece.
      if (csv === 'open' && !last) break;
      const ofFields = typeof csv === 'object' ? ofCsv(csv.fields) : undefined;
      if (typeof csv === 'object' && ofFields) {
        if (csv.end >= text.length && !last) break;
        this.#structured(ofFields, records);
        at = csv.end + 1;
        continue;
      }
      const line = text.slice(at, end);
      const { text: own, source } = opened(line);
      const json = ofJson(own);
      if (json && 'lines' in json) this.#structured({ ...json, ...(source === undefined ? {} : { source }) }, records);
      else for (const one of json ? json.text.split('\n') : [line]) this.#line(one, records);
      at = end + 1;
    }
    this.#rest = text.slice(at);
    return records;
  }

  #structured(record: LogRecord, records: LogRecord[]): void {
    if (this.#open) records.push(this.#open);
    this.#open = undefined;
    records.push({ ...record, lines: record.lines.map(normal) });
  }

  #line(line: string, records: LogRecord[]): void {
    for (const piece of pieces(line)) {
      const envelope = opened(piece);
      const own = normal(envelope.text);
      if (own.trim() === '') continue;
      if (this.#open && continues(this.#open, envelope, own)) {
        this.#field = add(this.#open, own, this.#field);
        continue;
      }
      if (this.#open) records.push(this.#open);
      this.#open = begun(envelope, own);
      this.#field = undefined;
    }
  }
}

/** The records of a whole text. */
export function readRecords(text: string, toEnglish?: ToEnglish): LogRecord[] {
  const reader = new RecordReader(toEnglish);
  return [...reader.push(text), ...reader.end()];
}

/**
 * What is several lines in one: line breaks that a program has escaped, and the attempts of libpq, which it prints one
 * after the other.
 */
function pieces(line: string): string[] {
  const parts = line.length < 20_000 && line.includes('\\n') ? line.split(/\\r?\\n|\\n/) : [line];
  return parts
    .flatMap(ofOneLine)
    .flatMap((part) =>
      part.includes('connection to server ')
        ? part.split(/(?<=\S) (?=connection to server (?:at|on) )(?<!: )/)
        : [part],
    );
}

const SEVERITY_OR_LABEL = '(?:LOG|FATAL|PANIC|ERROR|WARNING|DETAIL|HINT|CONTEXT|STATEMENT): ';
const NEXT_RECORD = new RegExp(
  ` (?=\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{3})? [A-Z+0-9]{1,5} \\[\\d{1,10}\\] ${SEVERITY_OR_LABEL})`,
);
/** What can stand before a further record: another one, or the words of pg_ctlcluster. */
const BEFORE_NEXT = new RegExp(`${SEVERITY_OR_LABEL}|exited with status \\d{1,3}:$`);

/** Records that a program printed in one line, as pg_ctlcluster does with the log of a failed start. */
function ofOneLine(line: string): string[] {
  const records: string[] = [];
  for (const part of line.length < 20_000 ? line.split(NEXT_RECORD) : [line]) {
    const before = records.at(-1);
    if (before === undefined || BEFORE_NEXT.test(before)) records.push(part);
    else records[records.length - 1] = `${before} ${part}`;
  }
  return records;
}

/** What terminals show as colors. */
const COLOR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** Quotes as PostgreSQL writes them, where a page, a chat or JSON has changed them. */
const normal = (line: string): string =>
  line
    .replace(COLOR, '')
    .replace(/\\"|&quot;|[“”„«»]/g, '"')
    .replace(/&#39;|[‘’]/g, "'")
    .replace(/[\r\0]+$/, '');

/** Whether a line belongs to the record before it: a label of the same process, or an indented line. */
function continues(open: Open, { source, process }: Enveloped, line: string): boolean {
  if (open.source !== source) return false;
  const found = labeled(line);
  if (found && isLabel(found.word)) {
    const own = process ?? readPrefix(found.prefix).process;
    return own === undefined || open.process === undefined || own === open.process;
  }
  return found === undefined && /^[\t ]/.test(line);
}

type Field = NonNullable<(typeof LABELS)[keyof typeof LABELS]>;

/** Adds a line to a record; returns the part that it belongs to, for the lines that continue it. */
function add(open: Open, line: string, field: Field | undefined): Field | undefined {
  const found = labeled(line);
  if (found && isLabel(found.word)) {
    const key = LABELS[found.word];
    if (key !== undefined) open[key] = found.message;
    open.lines.push(`${found.word}:  ${found.message}`);
    return key;
  }
  open.lines.push(line.trim());
  if (field !== undefined) open[field] = `${open[field] ?? ''}\n${line.trim()}`;
  return field;
}

function begun({ source, program, process }: Enveloped, line: string): Open {
  const found = labeled(line);
  const prefix = found ? readPrefix(found.prefix) : {};
  const key = found && isLabel(found.word) ? LABELS[found.word] : undefined;
  return {
    writer: writerOf(line, found?.prefix, found?.word, program ?? source),
    ...(source === undefined ? {} : { source }),
    ...(process === undefined ? {} : { process }),
    ...prefix,
    ...(found && !isLabel(found.word) ? { severity: found.word } : {}),
    message: found && !isLabel(found.word) ? found.message : found ? '' : line.trim(),
    ...(key === undefined || !found ? {} : { [key]: found.message }),
    lines: [line.trim()],
  };
}

const PROGRAMS: readonly (readonly [RegExp, Writer])[] = [
  [/haproxy|envoy|nginx|traefik|stunnel|cloud[-_]sql[-_]proxy/i, 'proxy'],
  [/pgbouncer|pgpool|odyssey|pgcat|supavisor/i, 'pooler'],
];

/** PgBouncer marks client and server sockets; Pgpool-II names its process before the severity; Odyssey its route. */
const POOLER =
  /\b[CS]-0x[0-9a-f]+: |(?:^|: )(?:[\w-]{1,40} )?pid \d+: +[A-Z]+:|\bodyssey: c?[0-9a-f]+|\[c[0-9a-f]{6,}\b|\(E[A-Z]{6,}\) |\bpgcat::/;
const PROXY = /\bhaproxy\[\d+\]|SSL handshake failure/;
const CLIENT =
  /^(?:psql|pg_\w+|createdb|dropdb|createuser|dropuser|vacuumdb|reindexdb|pgbench)(?:\.exe)?: |connection to server |could not connect to server|exception|error\b(?!:)|error: |failed: ?$|\bpq: |SQLSTATE\[/i;
/** A prefix that a server writes: nothing but a time, numbers, names and brackets. */
const SERVER = /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d|\[\d+(?:-\d+)?\]|\b\d{10}\.\d{3}\b/;

function writerOf(
  line: string,
  prefix: string | undefined,
  word: string | undefined,
  program: string | undefined,
): Writer {
  const byProgram = PROGRAMS.find(([pattern]) => program !== undefined && pattern.test(program))?.[1];
  if (byProgram) return byProgram;
  if (POOLER.test(line)) return 'pooler';
  if (PROXY.test(line)) return 'proxy';
  if (prefix !== undefined && CLIENT.test(prefix)) return 'client';
  if (word === 'LOG' || word === 'PANIC' || (prefix !== undefined && SERVER.test(prefix))) return 'server';
  return prefix === '' ? 'unknown' : 'client';
}
