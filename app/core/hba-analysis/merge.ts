import { network, type Prefix, prefixText, width } from '../net/prefix.ts';
import { fieldPlaces } from '../postgres/hba/fields.ts';
import { type Hba, lineAt, type PlacedRecord } from '../postgres/hba/hba.ts';
import { networkOf } from '../postgres/hba/network.ts';
import { NetworkAddress } from '../postgres/hba/network-address.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';
import { hbaToken } from '../quote/hba.ts';

/** Several records of the main file that one record can replace. */
export interface Merge {
  /** Lines of the records, in file order. */
  readonly lines: readonly number[];
  /** Line of the new record: the first or the last of `lines`. */
  readonly at: number;
  readonly text: string;
}

/** A longer line is harder to read than two lines. */
const MAX_LENGTH = 120;

/** A record that may be merged, and the lines that it already replaces. */
interface Candidate {
  readonly lines: readonly number[];
  readonly text: string;
  readonly record: HbaRecord;
  /** Text of each field, equal for fields with the same meaning. */
  readonly keys: Readonly<Record<Field | 'rest', string>>;
}

type Field = 'databases' | 'users' | 'address';
const FIELDS: readonly Field[] = ['databases', 'users', 'address'];

/**
 * Merges pairs of records repeatedly, until no pair is left that can be merged. Each merged record is tried at the first
 * line, then at the last; `proven` tells whether all merges together leave access unchanged.
 */
export function mergeRecords(
  hba: Hba,
  removed: ReadonlySet<number>,
  proven: (merges: readonly Merge[]) => boolean,
): Merge[] {
  const merges = new Map<Candidate, Merge>();
  const candidates = hba.records.flatMap((placed): Candidate[] => {
    const text = placed.file === undefined && !removed.has(placed.line) ? plainText(hba, placed) : undefined;
    return text === undefined ? [] : [candidateOf([placed.line], text, placed.record)];
  });
  for (let first = 0; first < candidates.length; first++) {
    for (let second = first + 1; second < candidates.length; second++) {
      const [one, other] = [candidates[first], candidates[second]];
      const union = one && other && merged(one, other, hba.major);
      if (!one || !other || !union || hasComment(hba, other)) continue;
      const otherMerges = [...merges].filter(([of]) => of !== one && of !== other).map(([, merge]) => merge);
      const places = [union.lines[0] ?? 0, union.lines.at(-1) ?? 0];
      const at = places.find((line) => proven([...otherMerges, { lines: union.lines, at: line, text: union.text }]));
      if (at === undefined) continue;
      merges.delete(one);
      merges.delete(other);
      merges.set(union, { lines: union.lines, at, text: union.text });
      candidates[first] = union;
      candidates.splice(second, 1);
      second = first;
    }
  }
  return [...merges.values()];
}

/** The text of a record on one physical line without a comment or `@file`; undefined for others. */
function plainText(hba: Hba, { line }: PlacedRecord): string | undefined {
  const text = lineAt(hba, line)?.raw.replace(/[\r\n]+$/, '');
  return text === undefined || /[\n#@]/.test(text) ? undefined : text;
}

/** A comment directly above belongs to the record and would stay behind. */
const hasComment = (hba: Hba, { lines }: Candidate): boolean =>
  lines.some((line) => /^[ \t]*#/.test(lineAt(hba, line - 1)?.raw ?? ''));

const candidateOf = (lines: readonly number[], text: string, record: HbaRecord): Candidate => ({
  lines,
  text,
  record,
  keys: {
    databases: tokensKey(record.databases),
    users: tokensKey(record.users),
    address: addressKey(record.address),
    rest: [record.type, record.method, ...record.options].join('\0'),
  },
});

const tokensKey = (tokens: readonly Token[]): string =>
  tokens.map(({ text, quoted }) => `${quoted ? '"' : ''}${text}`).join('\0');

function addressKey(address: HbaRecord['address']): string {
  if (address?.kind !== 'network') return address?.kind === 'name' ? `name ${address.name}` : (address?.kind ?? '');
  return `${address.address.family} ${address.address.bits} ${address.mask.bits}`;
}

/** One record for two that differ in one field only; undefined if they can't be merged. */
function merged(one: Candidate, other: Candidate, major: number): Candidate | undefined {
  if (one.keys.rest !== other.keys.rest) return undefined;
  const differ = FIELDS.filter((field) => one.keys[field] !== other.keys[field]);
  const [field] = differ;
  if (differ.length !== 1 || field === undefined) return undefined;
  const value =
    field === 'address' ? parentOf(one.record, other.record) : unionOf(field, one.record[field], other.record[field]);
  const place = fieldPlaces(one.text, major)[1 + FIELDS.indexOf(field)];
  // A netmask in a separate field would stay behind.
  if (!value || !place || (field === 'address' && !one.text.slice(place.from, place.to).includes('/')))
    return undefined;
  const text = `${one.text.slice(0, place.from)}${value.text}${one.text.slice(place.to)}`;
  if (text.length > MAX_LENGTH) return undefined;
  const lines = [...one.lines, ...other.lines].toSorted((x, y) => x - y);
  const { type, databases, users, address, method, options, remark } = one.record;
  return candidateOf(lines, text, { type, databases, users, address, method, options, remark, ...value.change });
}

interface Value {
  readonly text: string;
  readonly change: Partial<HbaRecord>;
}

function unionOf(field: 'databases' | 'users', a: readonly Token[], b: readonly Token[]): Value {
  const more = b.filter((token) => !a.some(({ text, quoted }) => text === token.text && quoted === token.quoted));
  const union = [...a, ...more];
  const all = union.find((token) => isKeyword(token, 'all'));
  // `all` includes every other token except `replication`.
  const tokens = all
    ? [all, ...union.filter((token) => field === 'databases' && isKeyword(token, 'replication'))]
    : union;
  return {
    text: tokens.map(({ text, quoted }) => (quoted ? hbaToken(text) : text)).join(','),
    change: { [field]: tokens },
  };
}

const isKeyword = ({ text, quoted }: Token, keyword: string): boolean => text === keyword && !quoted;

/** The network whose two halves these records match. */
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
