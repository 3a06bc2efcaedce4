import { network, type Prefix, width } from '../../net/prefix.ts';

/** A numeric address and its mask, as in a record. Bits to the right of the mask are kept, as in the server. */
export class NetworkAddress {
  readonly kind = 'network';
  #network: Prefix | null | undefined;

  constructor(
    readonly address: Prefix,
    readonly mask: Prefix,
  ) {}

  /** The network without the bits that the mask excludes; undefined if the mask has holes. */
  get network(): Prefix | undefined {
    // Rules use the same network repeatedly.
    if (this.#network === undefined) this.#network = prefixOf(this.address, this.mask) ?? null;
    return this.#network ?? undefined;
  }
}

function prefixOf(address: Prefix, { family, bits }: Prefix): Prefix | undefined {
  const full = width(family);
  const free = bits ^ ((1n << BigInt(full)) - 1n);
  if ((free & (free + 1n)) !== 0n) return undefined;
  return network(address, full - (free === 0n ? 0 : free.toString(2).length));
}
