import { fieldPlaces } from './fields.ts';
import { type Hba, lineAt, type PlacedRecord } from './hba.ts';

/** Number of records around a new one that show the columns of the file. */
const NEIGHBOURS = 8;

/** A field's column: where it starts, counted with tab stops of 8, and whether tabs lead to it. */
interface Column {
  readonly start: number;
  readonly tabs: boolean;
}

type Field = 'databases' | 'users' | 'address' | 'method';

/** Fields are separated by more than a blank somewhere, or by tabs. */
const isInColumns = (text: string): boolean => /\S(\t| {2,})\S/.test(text.replace(/#.*$/s, ''));

/**
 * The text of a new record before a line of the main file, with its fields below those of the records around it, if most
 * of these are in columns. A text with columns of its own is unchanged.
 */
export function inColumns(hba: Pick<Hba, 'lines' | 'records' | 'major'>, line: number, text: string): string {
  if (isInColumns(text) || /[\r\n#]/.test(text)) return text;
  const around = neighbours(hba, line);
  const written = around.filter(({ raw }) => isInColumns(raw));
  if (written.length * 2 <= around.length) return text;
  const columns = new Map<Field, Column>();
  for (const { raw, placed } of written)
    for (const [field, column] of columnsOf(raw, placed, hba.major))
      if (!columns.has(field)) columns.set(field, column);
  const [type, ...fields] = fieldPlaces(text, hba.major).map(({ from, to }) => text.slice(from, to));
  if (type === undefined) return text;
  const names = fieldNames(type, fields[3]);
  return fields.reduce(
    (written, field, index) => written + gapTo(written, columns.get(names[index] as Field)) + field,
    type,
  );
}

/** The fields after the type, by their index; a netmask and options have none. */
const fieldNames = (type: string, fourth = ''): readonly (Field | undefined)[] =>
  type === 'local'
    ? ['databases', 'users', 'method']
    : ['databases', 'users', 'address', ...(/^[0-9a-f]*[.:][0-9a-f.:]*$/i.test(fourth) ? [undefined] : []), 'method'];

/** The records of the main file by `records`, because many lines of one file may be asked about. */
const ofMainFile = new WeakMap<readonly PlacedRecord[], readonly PlacedRecord[]>();

function mainFile(records: readonly PlacedRecord[]): readonly PlacedRecord[] {
  const known = ofMainFile.get(records);
  if (known) return known;
  const found = records.filter(({ file }) => file === undefined);
  ofMainFile.set(records, found);
  return found;
}

/** The records of the main file that are next to a line, each on one physical line, the nearest first. */
function neighbours(hba: Pick<Hba, 'lines' | 'records' | 'major'>, line: number) {
  const records = mainFile(hba.records);
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.line ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return records
    .slice(Math.max(0, low - NEIGHBOURS), low + NEIGHBOURS)
    .toSorted((a, b) => distance(a, line) - distance(b, line))
    .slice(0, NEIGHBOURS)
    .flatMap((placed) => {
      const raw = lineAt(hba, placed.line)?.raw.replace(/[\r\n]+$/, '');
      return raw === undefined || raw.includes('\n') ? [] : [{ placed, raw }];
    });
}

/** A new record is between the line above and this line, and the line below comes first. */
const distance = ({ line: at }: PlacedRecord, line: number): number => Math.abs(at - line + 0.25);

function columnsOf(raw: string, { record }: PlacedRecord, major: number): Map<Field, Column> {
  const places = fieldPlaces(raw, major);
  const methodAt = places.findLastIndex(({ from, to }, index) => index >= 3 && raw.slice(from, to) === record.method);
  const indexes: readonly (readonly [Field, number])[] = [
    ['databases', 1],
    ['users', 2],
    ...(record.address === null ? [] : [['address', 3] as const]),
    ['method', methodAt],
  ];
  return new Map(
    indexes.flatMap(([field, index]) => {
      const place = places[index];
      const before = places[index - 1];
      if (!place || !before) return [];
      return [
        [field, { start: width(raw.slice(0, place.from)), tabs: raw.slice(before.to, place.from).includes('\t') }],
      ];
    }),
  );
}

const TAB = 8;

/** The width of a text on a screen with tab stops of 8. */
function width(text: string): number {
  let result = 0;
  for (const character of text) result = character === '\t' ? (Math.floor(result / TAB) + 1) * TAB : result + 1;
  return result;
}

function gapTo(text: string, column: Column | undefined): string {
  const missing = (column?.start ?? 0) - width(text);
  if (!column || missing < 1) return column?.tabs ? '\t' : ' ';
  return column.tabs ? '\t'.repeat(Math.ceil(column.start / TAB) - Math.floor(width(text) / TAB)) : ' '.repeat(missing);
}

/** The columns at which fields and comments of the records around a line start. */
export function columnStarts(hba: Pick<Hba, 'lines' | 'records' | 'major'>, line: number): ReadonlySet<number> {
  const starts = neighbours(hba, line).flatMap(({ placed, raw }) => {
    if (placed.line === line) return [];
    const comment = raw.lastIndexOf('#');
    return [...fieldPlaces(raw, hba.major).map(({ from }) => from), ...(comment < 0 ? [] : [comment])];
  });
  return new Set(starts);
}

/**
 * Replaces a part of a line by a word. Where what follows is in a column, the blanks between make up for the length of
 * the word, so that it stays there.
 */
export function withWord(
  text: string,
  { from, to, word }: { readonly from: number; readonly to: number; readonly word: string },
  columns: ReadonlySet<number>,
): string {
  const gap = /^ +(?=\S)/.exec(text.slice(to))?.[0].length ?? 0;
  const inColumn = gap > 0 && isInColumns(text) && !text.includes('\t') && columns.has(to + gap);
  if (!inColumn) return text.slice(0, from) + word + text.slice(to);
  const blanks = Math.max(1, gap - (word.length - (to - from)));
  return text.slice(0, from) + word + ' '.repeat(blanks) + text.slice(to + gap);
}
