import { installPrograms } from '../debian-packages.mjs';
import { runInNamespace } from '../in-namespace.mjs';
import { privateNamespace } from '../namespace.mjs';
import { together, unavailable } from '../reports.mjs';

/** ufw spends its time waiting, so all the rest is tried beside it. */
const halves = {
  ufw: ['e2e/server/tools/ufw'],
  others: ['e2e/server/tools', '--exclude', '**/ufw.test.ts'],
};

export const tools = {
  name: 'tools',
  about: 'the programs that will read the files',
  async run() {
    const missing = await installPrograms([
      'unshare',
      'ip',
      'shellcheck',
      'ufw',
      'iptables',
      'wg',
      'ssh',
      'sshd',
      'openssl',
    ]);
    const namespace = missing ? { missing } : await privateNamespace();
    if (namespace.missing) return unavailable(namespace.missing);
    const parts = Object.entries(halves).map(([half, tests]) =>
      runInNamespace(namespace, { name: `tools-${half}`, tests, limit: 600 }),
    );
    return together(await Promise.all(parts));
  },
};
