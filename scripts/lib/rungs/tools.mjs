import { installPrograms } from '../debian-packages.mjs';
import { runInNamespace } from '../in-namespace.mjs';
import { privateNamespace } from '../namespace.mjs';
import { unavailable } from '../reports.mjs';

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
    return runInNamespace(namespace, { name: 'tools', tests: 'e2e/server/tools', limit: 600 });
  },
};
