import { installPrograms } from '../debian-packages.mjs';
import { runInNamespace } from '../in-namespace.mjs';
import { leavesMachineAsItWas } from '../machine.mjs';
import { privateNamespace } from '../namespace.mjs';
import { installPostgres } from '../postgres-packages.mjs';
import { together, unavailable } from '../reports.mjs';

const programs = [
  'unshare',
  'ip',
  'openssl',
  'psql',
  'nft',
  'ssh',
  'sshd',
  'wg',
  'wireguard-go',
  'swanctl',
  '/usr/lib/ipsec/plugins/libstrongswan-openssl.so',
  '/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so',
  'charon-systemd',
  'pgbouncer',
  'haproxy',
  'fail2ban-client',
  'iptables',
];

/** Two halves keep two cores busy; what is in none of them would not run, so the second is the rest. */
const halves = {
  rollout: ['e2e/lab/rollout'],
  others: ['e2e/lab', '--exclude', 'e2e/lab/rollout/**'],
};

export const lab = {
  name: 'lab',
  about: 'machines as network namespaces, with the files in place and used for real',
  async run() {
    const missing = (await installPrograms(programs)) ?? (await installPostgres());
    const namespace = missing ? { missing } : await privateNamespace();
    if (namespace.missing) return unavailable(namespace.missing);
    return leavesMachineAsItWas(async () => {
      const parts = Object.entries(halves).map(([half, tests]) =>
        runInNamespace(namespace, { name: `lab-${half}`, tests, limit: 1800 }),
      );
      return together(await Promise.all(parts));
    });
  },
};
