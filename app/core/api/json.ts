import { type Prefix, prefixText } from '../net/prefix.ts';

/**
 * The same value, which `JSON.stringify` can write: addresses are numbers of up to 128 bits inside (`Prefix`, a `bigint`),
 * and text in CIDR notation in JSON.
 */
export function withJson<T extends object>(value: T): T {
  Object.defineProperty(value, 'toJSON', { value: () => plain(value), enumerable: false, configurable: true });
  return value;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (isPrefix(value)) return prefixText(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

const isPrefix = (value: object): value is Prefix => 'bits' in value && typeof value.bits === 'bigint';
