import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { child } from './child.mjs';
import { program } from './programs.mjs';
import { nothing } from './reports.mjs';

/** What the tests must not change on the machine, each in lines that are the same for an unchanged machine. */
export async function machine() {
  return {
    'packet filter': await printed([['nft', '--stateless', 'list', 'ruleset'], ['iptables-save'], ['ip6tables-save']]),
    network: await printed([
      ['ip', '-oneline', 'link'],
      ['ip', '-oneline', 'address'],
      ['ip', 'rule'],
      ['ip', '-6', 'rule'],
      ['ip', 'route', 'show', 'table', 'all'],
      ['ip', '-6', 'route', 'show', 'table', 'all'],
      ['ip', 'netns'],
    ]),
    'kernel settings': settings.map((name) => `${name} = ${text(`/proc/sys/${name}`)}`),
    mounts: text('/proc/self/mountinfo').split('\n').map(mountPoint),
    '/etc': files('/etc'),
    services: services(),
  };
}

/**
 * One test for all suites that run in parallel: the machine is the same as `before`. Differences are listed in the
 * notes.
 */
export async function leftAsItWas(before) {
  const changed = differences(before, await machine());
  return {
    ...nothing,
    passed: changed.length === 0 ? 1 : 0,
    failed: changed.length === 0 ? 0 : 1,
    notes: changed.map((line) => `the machine itself was changed: ${line}`),
  };
}

/** Lines that only one of two snapshots of the machine has. */
export function differences(before, after) {
  return Object.keys(before).flatMap((part) => [
    ...lacking(before[part], after[part]).map((line) => `${part}: gone: ${line}`),
    ...lacking(after[part], before[part]).map((line) => `${part}: new: ${line}`),
  ]);
}

function lacking(lines, others) {
  const there = new Set(others);
  return lines.filter((line) => !there.has(line));
}

const settings = [
  'net/ipv4/ip_forward',
  'net/ipv4/conf/all/rp_filter',
  'net/ipv4/ip_nonlocal_bind',
  'net/ipv6/conf/all/forwarding',
  'net/ipv6/ip_nonlocal_bind',
];

/**
 * The output of commands, without counters, dates and values that change by themselves. A missing program gives no
 * output.
 */
async function printed(commands) {
  const lines = [];
  for (const [name, ...args] of commands) {
    const path = program(name);
    if (!path) continue;
    const { output } = await child(path, args, { late: true });
    lines.push(
      ...output
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .map((line) => line.replace(/\[\d+:\d+\]| expires \d+sec| (?:valid|preferred)_lft \w+/g, '').trim())
        .filter(Boolean)
        .map((line) => `${name} ${args.join(' ')}: ${line}`),
    );
  }
  return lines;
}

const mountPoint = (line) => line.split(' ').slice(3, 6).join(' ');

/** DHCP leases renew it while tests run. */
const UNSTEADY = '/etc/resolv.conf';

/** Every file below a folder: mode, owner, and a hash of its content or link target. */
function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (path === UNSTEADY) return [];
    const inside = entry.isDirectory() ? files(path) : [];
    return [`${path} ${look(path)}`, ...inside];
  });
}

function look(path) {
  try {
    const { mode, uid, gid } = lstatSync(path);
    return [mode.toString(8), `${uid}:${gid}`, content(path, lstatSync(path))].join(' ');
  } catch (error) {
    return error.code;
  }
}

function content(path, status) {
  if (status.isSymbolicLink()) return readlinkSync(path);
  return status.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
}

/** Programs that the tests start in their own namespaces, and that must not be left running or stopped outside. */
const tried = [
  'postgres',
  'pgbouncer',
  'haproxy',
  'sshd',
  'charon-systemd',
  'wireguard-go',
  'fail2ban-server',
  'firewalld',
  'dbus-daemon',
  'prometheus',
  'dockerd',
  'containerd',
  'slapd',
];

/** Those of them that are services of this machine: children of its init process, in its own network. */
function services() {
  const own = link('/proc/self/ns/net');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const status = text(`/proc/${pid}/stat`);
      const name = /\((.*)\)/s.exec(status)?.[1] ?? '';
      const [, parent] = status.slice(status.lastIndexOf(')') + 2).split(' ');
      const service = tried.includes(name) && Number(parent) <= 1 && link(`/proc/${pid}/ns/net`) === own;
      return service ? [`${name}, process ${pid}`] : [];
    });
}

function text(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    return error.code;
  }
}

function link(path) {
  try {
    return readlinkSync(path);
  } catch (error) {
    return error.code;
  }
}
