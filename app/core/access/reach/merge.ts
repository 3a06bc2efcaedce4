import { network, type Prefix, prefixText, width } from '../../net/prefix.ts';
import { fieldPlaces } from '../../postgres/hba/fields.ts';
import { type Hba, lineAt, type PlacedRecord } from '../../postgres/hba/hba.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import { NetworkAddress } from '../../postgres/hba/network-address.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import type { Token } from '../../postgres/hba/token.ts';
import { hbaToken } from '../../quote/hba.ts';

/** Several records of the main file that one record can stand for. */
export interface Merge {
  /** Their lines, in their order. */
  readonly lines: readonly number[];
  /** Where the one record stands: at the first of them or at the last. */
  readonly at: number;
  readonly text: string;
}

/** A longer line is harder to read than two. */
const LONGEST = 120;

/** A record as it stands now, and the lines that it stands for. */
interface Standing {
  readonly lines: readonly number[];
  readonly text: string;
  readonly record: HbaRecord;
  /** What it says, in words that are equal where it says the same. */
  readonly says: Readonly<Record<Field | 'rest', string>>;
}

type Field = 'databases' | 'users' | 'address';
const FIELDS: readonly Field[] = ['databases', 'users', 'address'];

/**
 * Records of which one could say what two say now, as few lines as that comes to. Each is tried at its first line, then at
 * its last; `proven` says of all of them together whether they may stand.
 */
export function mergeRecords(
  hba: Hba,
  gone: ReadonlySet<number>,
  proven: (merges: readonly Merge[]) => boolean,
): Merge[] {
  const merges = new Map<Standing, Merge>();
  const standing = hba.records.flatMap((placed): Standing[] => {
    const text = placed.file === undefined && !gone.has(placed.line) ? plainText(hba, placed) : undefined;
    return text === undefined ? [] : [standingAs([placed.line], text, placed.record)];
  });
  for (let first = 0; first < standing.length; first++) {
    for (let second = first + 1; second < standing.length; second++) {
      const [one, other] = [standing[first], standing[second]];
      const both = one && other && merged(one, other);
      if (!one || !other || !both || hasComment(hba, other)) continue;
      const kept = [...merges].filter(([of]) => of !== one && of !== other).map(([, merge]) => merge);
      const places = [both.lines[0] ?? 0, both.lines.at(-1) ?? 0];
      const at = places.find((line) => proven([...kept, { lines: both.lines, at: line, text: both.text }]));
      if (at === undefined) continue;
      merges.delete(one);
      merges.delete(other);
      merges.set(both, { lines: both.lines, at, text: both.text });
      standing[first] = both;
      standing.splice(second, 1);
      second = first;
    }
  }
  return [...merges.values()];
}

/** A record in one physical line of its own, without a comment behind it; undefined for others. */
function plainText(hba: Hba, { line }: PlacedRecord): string | undefined {
  const text = lineAt(hba, line)?.raw.replace(/[\r\n]+$/, '');
  return text === undefined || /[\n#@]/.test(text) ? undefined : text;
}

/** A comment right above belongs to the record, and would be left alone. */
const hasComment = (hba: Hba, { lines }: Standing): boolean =>
  lines.some((line) => /^[ \t]*#/.test(lineAt(hba, line - 1)?.raw ?? ''));

const standingAs = (lines: readonly number[], text: string, record: HbaRecord): Standing => ({
  lines,
  text,
  record,
  says: {
    databases: tokenWords(record.databases),
    users: tokenWords(record.users),
    address: addressWords(record.address),
    rest: [record.type, record.method, ...record.options].join('\0'),
  },
});

const tokenWords = (tokens: readonly Token[]): string =>
  tokens.map(({ text, quoted }) => `${quoted ? '"' : ''}${text}`).join('\0');

function addressWords(address: HbaRecord['address']): string {
  if (address?.kind !== 'network') return address?.kind === 'name' ? `name ${address.name}` : (address?.kind ?? '');
  return `${address.address.family} ${address.address.bits} ${address.mask.bits}`;
}

/** Two records that ask for the same and differ in one field alone, as one. */
function merged(one: Standing, other: Standing): Standing | undefined {
  if (one.says.rest !== other.says.rest) return undefined;
  const differ = FIELDS.filter((field) => one.says[field] !== other.says[field]);
  const [field] = differ;
  if (differ.length !== 1 || field === undefined) return undefined;
  const value =
    field === 'address' ? parentOf(one.record, other.record) : listOf(field, one.record[field], other.record[field]);
  const place = fieldPlaces(one.text)[1 + FIELDS.indexOf(field)];
  // A mask of its own would be left behind.
  if (!value || !place || (field === 'address' && !one.text.slice(place.from, place.to).includes('/')))
    return undefined;
  const text = `${one.text.slice(0, place.from)}${value.text}${one.text.slice(place.to)}`;
  if (text.length > LONGEST) return undefined;
  const lines = [...one.lines, ...other.lines].toSorted((x, y) => x - y);
  const { type, databases, users, address, method, options, remark } = one.record;
  return standingAs(lines, text, { type, databases, users, address, method, options, remark, ...value.change });
}

interface Value {
  readonly text: string;
  readonly change: Partial<HbaRecord>;
}

function listOf(field: 'databases' | 'users', a: readonly Token[], b: readonly Token[]): Value {
  const more = b.filter((token) => !a.some(({ text, quoted }) => text === token.text && quoted === token.quoted));
  const both = [...a, ...more];
  const all = both.find((token) => isWord(token, 'all'));
  // Beside `all` nothing says more, but for replication.
  const tokens = all ? [all, ...both.filter((token) => field === 'databases' && isWord(token, 'replication'))] : both;
  return {
    text: tokens.map(({ text, quoted }) => (quoted ? hbaToken(text) : text)).join(','),
    change: { [field]: tokens },
  };
}

const isWord = ({ text, quoted }: Token, word: string): boolean => text === word && !quoted;

/** The network of which two are the halves. */
function parentOf(a: HbaRecord, b: HbaRecord): Value | undefined {
  const [one, other] = [networkOf(a.address), networkOf(b.address)];
  if (!one || !other || one.family !== other.family || one.length !== other.length || one.length === 0)
    return undefined;
  const half = 1n << BigInt(width(one.family) - one.length);
  if ((one.bits ^ other.bits) !== half) return undefined;
  const parent: Prefix = network(one, one.length - 1);
  return { text: prefixText(parent), change: { address: addressOf(parent) } };
}

function addressOf(prefix: Prefix): HbaRecord['address'] {
  const full = width(prefix.family);
  const mask = ((1n << BigInt(prefix.length)) - 1n) << BigInt(full - prefix.length);
  return new NetworkAddress(
    { family: prefix.family, bits: prefix.bits, length: full },
    { family: prefix.family, bits: mask, length: full },
  );
}
