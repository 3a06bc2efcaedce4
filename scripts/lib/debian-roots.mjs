import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { child } from './child.mjs';
import { debianArchive, SIGNED, withoutHost } from './debian-archive.mjs';
import { installPrograms } from './debian-packages.mjs';
import { repository } from './repository.mjs';

/** Debian 12 and 13: each has the PostgreSQL of its own release, 15 and 17. */
const suites = ['bookworm', 'trixie'];

/** A small server as its administrator finds it: an init, a PostgreSQL, no firewall. */
const installed = ['systemd', 'systemd-sysv', 'dbus', 'postgresql', 'iproute2', 'procps', 'sudo', 'openssl', 'python3'];

/**
 * Packages that the guides may require. The apt cache of a root contains them, so it can install them without a
 * network.
 */
const installable = ['nftables', 'iptables', 'ufw', 'firewalld', 'fail2ban', 'python3-systemd'];

const folder = join(repository, '.tools/debian-roots');

/**
 * The root file systems that are available here, by suite: `{ root }`, the folder, or `{ missing }` with the reason.
 * Those made by an earlier run are reused; they are never written to.
 */
export async function debianRoots() {
  const archive = await source();
  const made = await Promise.all(suites.map((suite) => madeRoot(suite, archive)));
  return Object.fromEntries(suites.map((suite, at) => [suite, made[at]]));
}

async function source() {
  if (process.getuid?.() !== 0)
    return { missing: 'A root of Debian with its accounts and devices is made by root alone.' };
  const missing = await installPrograms(['mmdebstrap']);
  return missing ? { missing } : debianArchive();
}

async function madeRoot(suite, archive) {
  const root = join(folder, suite);
  const complete = `${root}.complete`;
  if (existsSync(complete)) return { root };
  if (archive.missing) return { missing: archive.missing };
  rmSync(root, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const command = [
    'mmdebstrap',
    '--mode=root',
    '--variant=minbase',
    '--format=directory',
    '--quiet',
    '--skip=cleanup/apt',
    '--aptopt=Acquire::Languages "none"',
    '--aptopt=APT::Install-Recommends "false"',
    `--include=${installed.join(',')}`,
    `--customize-hook=chroot "$1" apt-get install -y -qq --download-only ${installable.join(' ')}`,
    '--customize-hook=chroot "$1" systemctl enable systemd-networkd',
    suite,
    root,
    `deb ${SIGNED} ${archive.uri} ${suite} main`,
  ];
  // In a separate mount and process table: whatever packages mount or start ends with it.
  const apart = ['--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const { code, output } = await child('unshare', [...apart, ...command], { limit: 300 });
  if (code !== 0) return { missing: `A root of Debian ${suite} is not to be had here: ${withoutHost(output)}` };
  writeFileSync(complete, '');
  return { root };
}
