import { type Prefix, parseAddress } from '../net/prefix.ts';
import { parseSource } from './fields.ts';
import type { BastionNetwork, Pattern, Plan, Via } from './schema.ts';

/** How clients can connect in each pattern; the first is the pattern's own, the others are for additional clients. */
export const WAYS: Readonly<Record<Pattern, readonly Via[]>> = {
  direct: ['public', 'private', 'socket'],
  vpn: ['vpn', 'public', 'private', 'socket'],
  private: ['private', 'public', 'socket'],
  bastion: ['bastion', 'private', 'public', 'socket'],
};

export const prefixes = (texts: readonly string[]): Prefix[] => texts.flatMap((text) => parseSource(text) ?? []);

export const addresses = (texts: readonly string[]): Prefix[] => texts.flatMap((text) => parseAddress(text) ?? []);

export type BastionProxy = Exclude<BastionNetwork['proxy'], { kind: 'none' }>;

/** The proxy that clients on this path connect to instead of PostgreSQL; undefined if there is none. */
export function proxyOf({ network }: Plan, via: Via): BastionProxy | undefined {
  if (via !== 'bastion' || network.pattern !== 'bastion' || network.proxy.kind === 'none') return undefined;
  return network.proxy;
}

/** The addresses that a client on this path connects to; the socket has none. */
export function entrance(plan: Plan, via: Via): { readonly addresses: readonly string[]; readonly path: string } {
  const { server, network } = plan;
  if (via === 'socket') return { addresses: [], path: 'server' };
  if (via === 'public') return { addresses: server.addresses.public, path: 'server.addresses.public' };
  const onServer = network.pattern === 'vpn' && network.gateway.placement === 'server';
  if (via === 'vpn' && onServer) return { addresses: server.addresses.vpn, path: 'server.addresses.vpn' };
  return { addresses: server.addresses.private, path: 'server.addresses.private' };
}
