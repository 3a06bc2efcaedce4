import { debianDocker } from '../debian-docker.mjs';
import { debianOdyssey } from '../debian-odyssey.mjs';
import { installPrograms } from '../debian-packages.mjs';
import { debianRoots } from '../debian-roots.mjs';
import { shardsInNamespace } from '../in-namespace.mjs';
import { privateNamespace } from '../namespace.mjs';
import { installPostgres } from '../postgres-packages.mjs';
import { shards, testFiles } from '../shards.mjs';

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
  'pgpool',
  'haproxy',
  'fail2ban-client',
  'iptables',
  'ufw',
  'firewall-offline-cmd',
  'logrotate',
  'slapd',
  'ldapsearch',
  'systemd-analyze',
  '/lib/systemd/systemd-journald',
  'python3',
];

export const lab = {
  name: 'lab',
  folders: ['e2e/lab'],
  about: 'machines as network namespaces, with the files in place and used for real',
  async prepare() {
    const missing = (await installPrograms(programs)) ?? (await installPostgres());
    const namespace = missing ? { missing } : await privateNamespace();
    if (namespace.missing) return namespace;
    const env = {
      POSTERN_ROOTS: JSON.stringify(await debianRoots()),
      POSTERN_DOCKER: JSON.stringify(await debianDocker()),
      POSTERN_ODYSSEY: JSON.stringify(await debianOdyssey()),
    };
    const files = testFiles(lab.folders);
    const boots = (file) => file.includes('/journeys/') || file.endsWith('/docker-host.test.ts');
    // Two systemds at once would use the same control group as their root, so all tests that boot are one shard.
    const spread = [
      ...shards(files.filter(boots), Number.POSITIVE_INFINITY),
      ...shards(files.filter((file) => !boots(file))),
    ];
    return { shards: shardsInNamespace(namespace, 'lab', spread, env) };
  },
};
