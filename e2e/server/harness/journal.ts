import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { must, run } from './command.ts';
import { own } from './places.ts';
import { until } from './until.ts';
import { place } from './writable.ts';

const DEVICES = `${own}/dev`;
const SOCKETS = '/run/systemd/journal';

/** Where `Storage=volatile` keeps it. */
export const JOURNAL = '/run/log/journal';

/** A separate journal of this namespace, in memory. */
export interface Journal {
  /** Entries of a unit, which journald accepts only from root. */
  readonly write: (unit: string, identifier: string, messages: readonly string[]) => Promise<void>;
  /** Starts again with an empty one. */
  readonly clear: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts systemd-journald, which programs find at /dev/log. */
export async function startJournal(): Promise<Journal> {
  ownDevices();
  mkdirSync(SOCKETS, { recursive: true });
  must('ln', ['-sfn', `${SOCKETS}/dev-log`, '/dev/log']);
  const settings = ['Storage=volatile', 'ReadKMsg=no', 'Audit=no', 'ForwardToWall=no', 'RateLimitIntervalSec=0'];
  place('/etc/systemd/journald.conf', `[Journal]\n${settings.join('\n')}\n`, 0o644);
  let daemon = await start();
  return {
    write,
    clear: async () => {
      await end(daemon);
      daemon = await start();
    },
    stop: async () => {
      await end(daemon);
      must('umount', ['--recursive', '--lazy', '/dev']);
      must('umount', ['--recursive', '--lazy', DEVICES]);
    },
  };
}

/** A separate /dev with its own /dev/log: each device of the machine is bound into it, except the kernel's log. */
function ownDevices(): void {
  mkdirSync(DEVICES, { recursive: true });
  must('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'postern', DEVICES]);
  for (const name of readdirSync('/dev')) {
    const [from, to] = [`/dev/${name}`, `${DEVICES}/${name}`];
    const found = lstatSync(from);
    if (found.isSymbolicLink()) {
      must('cp', ['-P', from, to]);
      continue;
    }
    if (found.isDirectory()) mkdirSync(to);
    else writeFileSync(to, '');
    must('mount', ['--rbind', name === 'kmsg' ? '/dev/null' : from, to]);
  }
  must('mount', ['--rbind', DEVICES, '/dev']);
}

async function start(): Promise<ChildProcess> {
  rmSync(SOCKETS, { recursive: true, force: true });
  rmSync(JOURNAL, { recursive: true, force: true });
  mkdirSync(SOCKETS, { recursive: true });
  mkdirSync(JOURNAL, { recursive: true });
  const daemon = spawn('/lib/systemd/systemd-journald', { stdio: 'ignore' });
  await until('systemd-journald listens', () => {
    if (daemon.exitCode !== null) throw new Error('systemd-journald did not start');
    return existsSync(`${SOCKETS}/stdout`);
  });
  return daemon;
}

/** Everything that was sent is written first: a stop by SIGTERM processes what is left in its sockets. */
async function end(daemon: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  daemon.kill('SIGTERM');
  await ended;
}

/**
 * The protocol of /run/systemd/journal/stdout (journald-stream.c): identifier, unit, level and four switches, then
 * lines. journald keeps the first unit of a process, so each call is a separate process.
 */
async function write(unit: string, identifier: string, messages: readonly string[]): Promise<void> {
  const script = `import socket, sys
stream = socket.socket(socket.AF_UNIX)
stream.connect('${SOCKETS}/stdout')
stream.sendall(sys.stdin.buffer.read())`;
  const header = [identifier, unit, 6, 0, 0, 0, 0];
  const arrived = () =>
    must('journalctl', ['-D', JOURNAL, '-o', 'cat', '-q', `_SYSTEMD_UNIT=${unit}`]).split('\n').length;
  // On a busy machine journald may store the lines without their unit; those are ignored, and are written once more.
  for (let tries = 0; tries < 5 && arrived() <= 1; tries += 1) {
    const input = `${[...header, ...messages].join('\n')}\n`;
    const { code, stderr } = await run('python3', ['-c', script], { input });
    if (code !== 0) throw new Error(`the journal was not written to: ${stderr}`);
    for (let waited = 0; waited < 250 && arrived() <= messages.length; waited += 1) await sleep(20);
  }
  if (arrived() <= messages.length) throw new Error(`the journal holds ${arrived() - 1} of ${messages.length} lines`);
}
