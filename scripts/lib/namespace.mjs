import { readlinkSync } from 'node:fs';
import { child } from './child.mjs';

const apart = ['--mount', '--net', '--pid', '--fork', '--mount-proc', '--kill-child'];

/** As root directly; otherwise through a user namespace that holds a range of user ids, since PostgreSQL will not run as root. */
const ways = process.getuid?.() === 0 ? [apart] : [['--user', '--map-root-user', '--map-auto', ...apart]];

/**
 * How to run a program in a network, a mount table and a process table of its own: `{ prefix, env }`, where `prefix`
 * comes before the command; or `{ missing }` with the reason why this system has no such thing.
 * Killing the prefix kills everything inside, so nothing outlives the test run.
 */
export async function privateNamespace() {
  let said = '';
  for (const way of ways) {
    const { code, output } = await child('unshare', [...way, 'true']);
    if (code === 0) {
      // The tests compare this with their own network, and mount nothing if they find themselves outside.
      return { prefix: ['unshare', ...way], env: { POSTERN_OUTSIDE: readlinkSync('/proc/self/ns/net') } };
    }
    said = output.trim();
  }
  return {
    missing:
      'A private network and mount namespace is not to be had here, and without one the generated files cannot stand at ' +
      `their own paths and addresses. Run as root, or allow user namespaces (and install uidmap). unshare said: ${said}`,
  };
}
