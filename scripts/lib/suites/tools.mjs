import { installPrograms } from '../debian-packages.mjs';
import { shardsInNamespace } from '../in-namespace.mjs';
import { privateNamespace } from '../namespace.mjs';
import { shards, testFiles } from '../shards.mjs';

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
  'klist',
];

export const tools = {
  name: 'tools',
  folders: ['e2e/server/tools'],
  about: 'the programs that will read the files',
  async prepare() {
    const missing = await installPrograms(programs);
    const namespace = missing ? { missing } : await privateNamespace();
    if (namespace.missing) return namespace;
    return { shards: shardsInNamespace(namespace, 'tools', shards(testFiles(tools.folders))) };
  },
};
