import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { child } from './child.mjs';
import { program } from './programs.mjs';

/** What the tests must leave as it is, each in lines that say the same of the same machine. */
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

/** Counts one test: the machine is the same after `run` as before. What differs is named in the notes. */
export async function leavesMachineAsItWas(run) {
  const before = await machine();
  const report = await run();
  const changed = differences(before, await machine());
  return {
    ...report,
    passed: report.passed + (changed.length === 0 ? 1 : 0),
    failed: report.failed + (changed.length === 0 ? 0 : 1),
    notes: [...report.notes, ...changed.map((line) => `the machine itself was changed: ${line}`)],
  };
}

/** Lines that only one of two looks at the machine has. */
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

/** What commands print, without counters, dates and what ages by itself. A program that is not there says nothing. */
async function printed(commands) {
  const lines = [];
  for (const [name, ...args] of commands) {
    const path = program(name);
    if (!path) continue;
    const { output } = await child(path, args);
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

/** Leases renew it while tests run. */
const UNSTEADY = '/etc/resolv.conf';

/** Every file below a folder: mode, owner, and a hash of what is in it or what it points to. */
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

/** Programs that the tests start in namespaces of their own, and that must not be left or stopped outside. */
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
];

/** Those of them that are services of this machine: children of its first process, in its own network. */
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
