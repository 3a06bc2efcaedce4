import type { LogRecord } from './record.ts';

/** How far a record of csvlog may reach; beyond it the line is read as plain text. */
export const LONGEST_CSV = 20_000;

const CSV_START = /^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}[^,"]{0,40},/;

/**
 * One record of csvlog from an offset, and where it ends; undefined where none begins or it is too long, `open` where
 * the text ends before it.
 */
export function csvRecord(
  text: string,
  start: number,
): { readonly fields: readonly string[]; readonly end: number } | 'open' | undefined {
  if (!CSV_START.test(text.slice(start, start + 80))) return undefined;
  const fields: string[] = [];
  const limit = Math.min(text.length, start + LONGEST_CSV);
  let at = start;
  for (;;) {
    let field = '';
    while (text[at] === '"') {
      const close = text.indexOf('"', at + 1);
      if (close < 0 || close >= limit) return limit === text.length && close < 0 ? 'open' : undefined;
      field += `${field === '' ? '' : '"'}${text.slice(at + 1, close)}`;
      at = close + 1;
    }
    const from = at;
    while (at < limit && text[at] !== ',' && text[at] !== '\n') at++;
    fields.push(field + text.slice(from, at).replace(/\r$/, ''));
    if (at >= text.length || text[at] === '\n') return { fields, end: at };
    if (at >= limit) return undefined;
    at++;
  }
}

type Parts = Partial<Omit<LogRecord, 'writer' | 'lines' | 'message'>> & { readonly message: string };

/** The columns of csvlog (manual, 19.8.4); undefined for a line with commas that is none. */
export function ofCsv(fields: readonly string[]): LogRecord | undefined {
  const message = fields[13] ?? '';
  if (message === '') return undefined;
  return structured({
    time: fields[0],
    user: fields[1],
    database: fields[2],
    process: fields[5] || fields[3],
    host: fields[4]?.replace(/:\d{1,5}$/, ''),
    severity: fields[11],
    sqlstate: fields[12],
    message,
    detail: fields[14],
    hint: fields[15],
    context: fields[18],
    statement: fields[19],
  });
}

/** Where collectors keep the object or text of the program. */
const NESTED = ['record', 'jsonPayload', 'properties', 'metadata', 'parsed'] as const;
const TEXTS = ['textPayload', 'log', '@message', 'MESSAGE', 'message', 'event_message', 'msg'] as const;
/** Where the loggers of applications keep the error that a message is about. */
const ERRORS = ['error', 'err', 'exception'] as const;

/**
 * A line of JSON: a record of jsonlog (manual, 19.8.5), alone or in the object of a collector, or the text that the
 * collector has wrapped. Undefined for a line that is neither.
 */
export function ofJson(line: string): LogRecord | { readonly text: string; readonly source?: string } | undefined {
  if (!/^\s*\{/.test(line) || line.length > LONGEST_CSV) return undefined;
  try {
    return ofObject(JSON.parse(line), 4);
  } catch {
    return undefined;
  }
}

/** Supabase keeps the message (`event_message`) outside the object with the rest of the record. */
function ofObject(given: unknown, depth: number, outer?: string): ReturnType<typeof ofJson> {
  const read: unknown = Array.isArray(given) ? given[0] : given;
  if (typeof read !== 'object' || read === null) return undefined;
  const key = (name: string): string | undefined => {
    const value: unknown = Object.hasOwn(read, name) ? Reflect.get(read, name) : undefined;
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
  };
  const message = key('message') ?? outer;
  if (message !== undefined && key('error_severity') !== undefined) {
    return structured({
      time: key('timestamp') ?? key('log_time'),
      user: key('user') ?? key('user_name'),
      database: key('dbname') ?? key('database_name'),
      process: key('session_id') ?? key('pid') ?? key('process_id'),
      host: key('remote_host') ?? key('connection_from')?.replace(/:\d{1,5}$/, ''),
      severity: key('error_severity'),
      sqlstate: key('state_code') ?? key('sql_state_code'),
      message,
      detail: key('detail'),
      hint: key('hint'),
      context: key('context'),
      statement: key('statement') ?? key('query'),
    });
  }
  if (depth > 0) {
    for (const name of NESTED) {
      const inner = Object.hasOwn(read, name)
        ? ofObject(Reflect.get(read, name), depth - 1, key('event_message') ?? outer)
        : undefined;
      if (inner) return inner;
    }
  }
  for (const name of TEXTS) {
    const text = key(name);
    if (text === undefined) continue;
    const errors = ERRORS.map(key).filter((error) => error !== undefined && !text.includes(error));
    const detail = key('detail');
    return { text: [text, ...errors, ...(detail ? [`DETAIL:  ${detail}`] : [])].join('\n') };
  }
  return undefined;
}

function structured(
  given: { readonly [K in keyof Parts]?: string | undefined } & { readonly message: string },
): LogRecord {
  const { message } = given;
  const own = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''));
  const severity = given.severity ?? '';
  const labels = (['detail', 'hint', 'context'] as const).flatMap((label) => {
    const text = given[label];
    return text ? `${label.toUpperCase()}:  ${text}`.split('\n') : [];
  });
  return {
    ...own,
    message,
    writer: 'server',
    lines: [...(severity === '' ? message : `${severity}:  ${message}`).split('\n'), ...labels],
  };
}
