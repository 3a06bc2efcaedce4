import { existsSync } from 'node:fs';
import { child } from './child.mjs';
import { program } from './programs.mjs';

/** Which Debian package contains a program, or another file by its path. */
const packageOf = {
  '/lib/systemd/systemd-journald': 'systemd',
  '/usr/lib/python3/dist-packages/systemd/journal.py': 'python3-systemd',
  '/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so': 'libcharon-extra-plugins',
  '/usr/lib/ipsec/plugins/libstrongswan-openssl.so': 'libstrongswan-standard-plugins',
  'charon-systemd': 'charon-systemd',
  chromium: 'chromium',
  'chromium-headless-shell': 'chromium-headless-shell',
  'fail2ban-client': 'fail2ban',
  'firewall-offline-cmd': 'firewalld',
  haproxy: 'haproxy',
  ip: 'iproute2',
  iptables: 'iptables',
  kinit: 'krb5-user',
  klist: 'krb5-user',
  'kadmin.local': 'krb5-admin-server',
  krb5kdc: 'krb5-kdc',
  ldapsearch: 'ldap-utils',
  logrotate: 'logrotate',
  mmdebstrap: 'mmdebstrap',
  nft: 'nftables',
  openssl: 'openssl',
  pgbouncer: 'pgbouncer',
  pgpool: 'pgpool2',
  promtool: 'prometheus',
  psql: 'postgresql-client',
  python3: 'python3',
  shellcheck: 'shellcheck',
  slapd: 'slapd',
  ssh: 'openssh-client',
  sshd: 'openssh-server',
  swanctl: 'strongswan-swanctl',
  'systemd-analyze': 'systemd',
  ufw: 'ufw',
  unshare: 'util-linux',
  wg: 'wireguard-tools',
  'wireguard-go': 'wireguard-go',
};

/**
 * Installs what is missing of `programs`, if that is possible without asking: as root, on a system with apt. Returns a
 * sentence about what is still missing afterwards, or undefined if nothing is.
 */
export async function installPrograms(programs) {
  const missing = programs.filter((name) => !present(name));
  if (missing.length === 0) return undefined;

  const packages = [...new Set(missing.map((name) => packageOf[name]))];
  const byHand = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  if (!program('apt-get')) {
    return `${list(missing)} not found, and there is no apt here: install what your system calls ${list(packages)}.`;
  }
  if (process.getuid?.() !== 0) {
    return `${list(missing)} not found, and installing needs root: run \`sudo ${byHand}\`.`;
  }

  console.log(`Installing ${packages.join(', ')} with apt …`);
  const output = await apt(packages);
  const still = missing.filter((name) => !present(name));
  if (still.length === 0) return undefined;
  return `${list(still)} not found, and \`${byHand}\` failed:\n${output.trim().split('\n').slice(-8).join('\n')}`;
}

const present = (name) => (name.startsWith('/') ? existsSync(name) : program(name));

const quiet = ['-y', '-qq', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0'];

/** Downloads with network access, then unpacks and configures isolated from the machine: see `apart`. */
async function apt(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const download = () => child('apt-get', ['install', '--download-only', ...quiet, ...packages], { env, limit: 900 });
  // Package lists may be missing (a fresh image) or stale (a version that the mirror no longer has).
  const update = await child('apt-get', ['update', '-qq'], { env, limit: 300 });
  const fetched = await download();
  if (fetched.code !== 0) return update.output + fetched.output;
  const installed = await apart(['apt-get', 'install', '--no-download', ...quiet, ...packages], env);
  return fetched.output + installed.output;
}

/**
 * Package scripts may start services (sshd) or load firewall rules (ufw); a test run must do neither to the machine it
 * runs on. So they run with a policy that denies every start, and, where namespaces are available, with a separate
 * network and process table: anything that starts despite the policy ends with them.
 */
async function apart(command, env) {
  const script = `
    set -eu
    policy=/usr/sbin/policy-rc.d
    refuse=$(mktemp)
    printf '#!/bin/sh\\nexit 101\\n' > "$refuse"
    chmod 755 "$refuse"
    if [ -e "$policy" ]; then
      if [ -n "\${OWN_MOUNTS:-}" ]; then mount --bind "$refuse" "$policy"; fi
      trap 'rm -f "$refuse"' EXIT
    else
      cp "$refuse" "$policy"
      chmod 755 "$policy"
      trap 'rm -f "$refuse" "$policy"' EXIT
    fi
    "$@"
  `;
  const shell = ['sh', '-c', script, 'sh', ...command];
  const unshare = ['--mount', '--net', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const namespaces = program('unshare') && (await child('unshare', [...unshare, 'true'])).code === 0;
  return namespaces
    ? child('unshare', [...unshare, ...shell], { env: { ...env, OWN_MOUNTS: '1' }, limit: 900 })
    : child(shell[0], shell.slice(1), { env, limit: 900 });
}

const list = (names) => names.join(', ');
