import { readlinkSync } from 'node:fs';

/**
 * Whether this process is in a separate network. `npm run test:server` starts it in one (scripts/lib/namespace.mjs) and
 * passes the name of the network outside; without that nothing is mounted and every test is skipped.
 */
export const inNamespace =
  process.env.POSTERN_OUTSIDE !== undefined && process.env.POSTERN_OUTSIDE !== readlinkSync('/proc/self/ns/net');

export const outsideReason = 'not in a private namespace: run `npm run test:server`';
