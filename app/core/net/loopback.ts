import { contains, type Family, type Prefix } from './prefix.ts';

/** The loopback network of each address family (RFC 6890). */
export const LOOPBACK: Readonly<Record<Family, Prefix>> = {
  4: { family: 4, bits: 127n << 24n, length: 8 },
  6: { family: 6, bits: 1n, length: 128 },
};

/** Whether every address of a prefix is a loopback address, which other machines can't use. */
export const isLoopback = (prefix: Prefix): boolean => contains(LOOPBACK[prefix.family], prefix);
