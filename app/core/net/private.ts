import { contains, type Prefix, parsePrefix } from './prefix.ts';

/** Networks that are not routed on the internet: private, shared (RFC 6598), loopback, link-local and unique local. */
const PRIVATE: readonly Prefix[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
].flatMap((text) => parsePrefix(text) ?? []);

/** Whether no address of the network can be the source of a packet from the internet. */
export const isPrivate = (prefix: Prefix): boolean => PRIVATE.some((outer) => contains(outer, prefix));
