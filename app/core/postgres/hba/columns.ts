import { fieldPlaces } from './fields.ts';
import { firstRecordFrom, type Hba, lineAt, type PlacedRecord } from './hba.ts';

/** Number of records around a new one that show the columns of the file. */
export const NEIGHBOURS = 8;

/** A field's column: where it starts, counted with tab stops of 8, and whether tabs lead to it. */
interface Column {
  readonly start: number;
  readonly tabs: boolean;
}

type Field = 'databases' | 'users' | 'address' | 'method';

/** Fields are separated by more than a blank somewhere, or by tabs. */
const isInColumns = (text: string): boolean =>
  (text.includes('  ') || text.includes('\t')) && /\S(\t| {2,})\S/.test(text.replace(/#.*$/s, ''));

/**
 * The text of a new record before a line of the main file, with its fields below those of the records around it, if most
 * of these are in columns. A text with columns of its own is unchanged.
 */
export function inColumns(hba: Pick<Hba, 'lines' | 'records' | 'major'>, line: number, text: string): string {
  if (isInColumns(text) || /[\r\n#]/.test(text)) return text;
  const around = [...neighbours(hba, line)];
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

/** A record of the main file on one physical line, and the text of that line. */
interface Neighbour {
  readonly placed: PlacedRecord;
  readonly raw: string;
}

/**
 * The records of the main file that are next to a line, each on one physical line, the nearest first. A new record is
 * between the line above and this line, and the line below comes first.
 */
function* neighbours(hba: Pick<Hba, 'lines' | 'records'>, line: number): Generator<Neighbour> {
  const records = mainFile(hba.records);
  let below = firstRecordFrom(records, line);
  let above = below - 1;
  for (let count = 0; count < NEIGHBOURS; count++) {
    const [before, after] = [records[above], records[below]];
    const placed = before && after ? (after.line - line < line - before.line ? after : before) : (after ?? before);
    if (!placed) return;
    if (placed === after) below++;
    else above--;
    const raw = lineAt(hba, placed.line)?.raw.replace(/[\r\n]+$/, '');
    if (raw !== undefined && !raw.includes('\n')) yield { placed, raw };
  }
}

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

/** Whether a field or a comment of the records around a line starts at this column. */
export function startsColumn(hba: Pick<Hba, 'lines' | 'records' | 'major'>, line: number, column: number): boolean {
  for (const { placed, raw } of neighbours(hba, line)) {
    if (placed.line === line) continue;
    if (raw.lastIndexOf('#') === column || fieldPlaces(raw, hba.major).some(({ from }) => from === column)) return true;
  }
  return false;
}

/**
 * Replaces a part of a line by a word. Where what follows is in a column of the file, the blanks between make up for the
 * length of the word, so that it stays there.
 */
export function withWord(
  text: string,
  { from, to, word }: { readonly from: number; readonly to: number; readonly word: string },
  isColumn: (at: number) => boolean,
): string {
  const gap = /^ +(?=\S)/.exec(text.slice(to))?.[0].length ?? 0;
  const inColumn = gap > 0 && isInColumns(text) && !text.includes('\t') && isColumn(to + gap);
  if (!inColumn) return text.slice(0, from) + word + text.slice(to);
  const blanks = Math.max(1, gap - (word.length - (to - from)));
  return text.slice(0, from) + word + ' '.repeat(blanks) + text.slice(to + gap);
}
