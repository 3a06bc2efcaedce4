import { readlinkSync } from 'node:fs';
import { child } from './child.mjs';

const apart = ['--mount', '--net', '--pid', '--fork', '--mount-proc', '--kill-child'];

/**
 * As root directly; otherwise through a user namespace with a range of user ids, because PostgreSQL does not run as
 * root.
 */
const ways = process.getuid?.() === 0 ? [apart] : [['--user', '--map-root-user', '--map-auto', ...apart]];

/**
 * How to run a program in a separate network, mount table and process table: `{ prefix, env }`, where `prefix` comes
 * before the command; or `{ missing }` with the reason why this system does not support it. Killing the prefix kills
 * everything inside, so nothing outlives the test run.
 */
export async function privateNamespace() {
  let said = '';
  for (const way of ways) {
    const { code, output } = await child('unshare', [...way, 'true']);
    if (code === 0) {
      // The tests compare this with their own network, and mount nothing if they are outside the namespace.
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
