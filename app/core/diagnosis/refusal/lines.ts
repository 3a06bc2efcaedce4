/** How much of a text is read. The rest is cut, which `Diagnosis.cut` reports. */
export const DIAGNOSIS_LIMITS = { text: 64 * 1024, lines: 2000, line: 4000 } as const;

/** How far a quoted field of csvlog may reach; beyond it the line is read as plain text. */
const LONGEST_CSV = 20_000;

/** The lines of messages in a text: what a client printed, a log with any prefix, jsonlog or csvlog. */
export function messageLines(given: string): { readonly lines: readonly string[]; readonly cut: boolean } {
  const text = given.slice(0, DIAGNOSIS_LIMITS.text);
  const lines: string[] = [];
  let at = 0;
  while (at < text.length && lines.length < DIAGNOSIS_LIMITS.lines) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    const csv = csvStart.test(line) ? csvRecord(text, at) : undefined;
    lines.push(...(csv ? csvMessages(csv.fields) : (jsonMessages(line) ?? [line])));
    at = (csv?.end ?? end) + 1;
  }
  const plain = lines.map((line) => normal(line).slice(0, DIAGNOSIS_LIMITS.line)).filter((line) => line !== '');
  return { lines: plain, cut: at < text.length || text.length < given.length };
}

/** Quotes as PostgreSQL writes them, where a page, a chat or JSON has changed them. */
const normal = (line: string): string =>
  line
    .replace(/\\"|&quot;|[“”„«»]/g, '"')
    .replace(/&#39;|[‘’]/g, "'")
    .trim();

const csvStart = /^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}[^,"]{0,40},/;

/** One CSV record of a file from an offset; undefined if it does not end. */
function csvRecord(
  text: string,
  start: number,
): { readonly fields: readonly string[]; readonly end: number } | undefined {
  const fields: string[] = [];
  const limit = Math.min(text.length, start + LONGEST_CSV);
  let at = start;
  for (;;) {
    let field = '';
    while (text[at] === '"') {
      const close = text.indexOf('"', at + 1);
      if (close < 0 || close >= limit) return undefined;
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

/** Columns 12, 14, 15, 16 and 19 of csvlog (manual, 19.8.4). */
function csvMessages(fields: readonly string[]): string[] {
  const [severity, message] = [fields[11] ?? '', fields[13] ?? ''];
  if (message === '') return [fields.join(',')];
  return parts(severity, message, fields[14], fields[15], fields[18]);
}

/** The keys of jsonlog (manual, 19.8.5); undefined for other lines. */
function jsonMessages(line: string): string[] | undefined {
  if (!/^\s*\{/.test(line) || line.length > LONGEST_CSV) return undefined;
  try {
    const read: unknown = JSON.parse(line);
    if (typeof read !== 'object' || read === null) return undefined;
    const key = (name: string): string | undefined => {
      const value: unknown = Object.hasOwn(read, name) ? Reflect.get(read, name) : undefined;
      return typeof value === 'string' ? value : undefined;
    };
    const message = key('message');
    if (message === undefined) return undefined;
    return parts(key('error_severity') ?? '', message, key('detail'), key('hint'), key('context'));
  } catch {
    return undefined;
  }
}

function parts(severity: string, message: string, ...more: readonly (string | undefined)[]): string[] {
  const labels = ['DETAIL', 'HINT', 'CONTEXT'];
  return [
    ...(severity === '' ? message : `${severity}:  ${message}`).split('\n'),
    ...more.flatMap((one, index) => (one ? `${labels[index]}:  ${one}`.split('\n') : [])),
  ];
}
