import { installPrograms } from '../debian-packages.mjs';
import { runInNamespace } from '../in-namespace.mjs';
import { leavesMachineAsItWas } from '../machine.mjs';
import { privateNamespace } from '../namespace.mjs';
import { together, unavailable } from '../reports.mjs';

const programs = [
  'unshare',
  'ip',
  'shellcheck',
  'ufw',
  'iptables',
  'nft',
  'firewall-offline-cmd',
  'wg',
  'ssh',
  'sshd',
  'openssl',
  'psql',
  'swanctl',
  '/usr/lib/ipsec/plugins/libstrongswan-openssl.so',
  'charon-systemd',
  'pgbouncer',
  'haproxy',
  'fail2ban-client',
  '/usr/lib/python3/dist-packages/systemd/journal.py',
  '/lib/systemd/systemd-journald',
  'logrotate',
  'systemd-analyze',
  'promtool',
];

/** ufw and firewalld spend their time waiting, so all the rest is tried beside them. */
const halves = {
  ufw: ['e2e/server/tools/ufw', 'e2e/server/tools/firewalld', 'e2e/server/tools/docker-user'],
  others: [
    'e2e/server/tools',
    ...['ufw', 'firewalld', 'docker-user'].flatMap((name) => ['--exclude', `**/tools/${name}*.test.ts`]),
  ],
};

export const tools = {
  name: 'tools',
  about: 'the programs that will read the files',
  async run() {
    const missing = await installPrograms(programs);
    const namespace = missing ? { missing } : await privateNamespace();
    if (namespace.missing) return unavailable(namespace.missing);
    return leavesMachineAsItWas(async () => {
      const parts = Object.entries(halves).map(([half, tests]) =>
        runInNamespace(namespace, { name: `tools-${half}`, tests, limit: 1800 }),
      );
      return together(await Promise.all(parts));
    });
  },
};
