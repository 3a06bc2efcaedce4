/** A DER value within `bytes`: its tag, and the offsets of its start, its content and its end. */
export interface DerValue {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly tag: number;
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

export const SEQUENCE = 0x30;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;

/**
 * The value at `at` that ends by `limit`; undefined if its length is not in the single form that DER allows (X.690
 * 10.1).
 */
export function derValue(bytes: Uint8Array<ArrayBuffer>, at = 0, limit = bytes.length): DerValue | undefined {
  const [tag, first] = bytes.slice(at, Math.min(at + 2, limit));
  if (tag === undefined || first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first - 0x80;
  const start = at + 2 + more;
  if ((first >= 0x80 && (more === 0 || more > 4)) || start > limit) return undefined;
  const length = more === 0 ? first : bytes.slice(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  const shortest = more === 0 || length >= (more === 1 ? 0x80 : 256 ** (more - 1));
  return shortest && start + length <= limit ? { bytes, tag, at, start, end: start + length } : undefined;
}

/** The values in a sequence, which must fill it; undefined if it is not a sequence. */
export function derSequence(value: DerValue | undefined): readonly DerValue[] | undefined {
  if (value?.tag !== SEQUENCE) return undefined;
  const found: DerValue[] = [];
  for (let at = value.start; at < value.end; ) {
    const one = derValue(value.bytes, at, value.end);
    if (!one) return undefined;
    found.push(one);
    at = one.end;
  }
  return found;
}

/** The digits of a positive number in their shortest form (X.690 8.3.2); undefined if it is not one. */
export function derPositive(value: DerValue | undefined): Uint8Array | undefined {
  if (value?.tag !== INTEGER) return undefined;
  const digits = content(value);
  const [first = 0x80, second = 0] = digits;
  if (first >= 0x80) return undefined;
  if (first > 0) return digits;
  return second >= 0x80 ? digits.slice(1) : undefined;
}

export const content = ({ bytes, start, end }: DerValue): Uint8Array<ArrayBuffer> => bytes.slice(start, end);

/** Its bytes with tag and length. */
export const encoded = ({ bytes, at, end }: DerValue): Uint8Array<ArrayBuffer> => bytes.slice(at, end);
