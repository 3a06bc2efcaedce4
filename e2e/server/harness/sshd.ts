import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Account, visitor } from './accounts.ts';
import { must } from './command.ts';
import { own } from './places.ts';
import { until } from './until.ts';
import { place } from './writable.ts';

/** The OpenSSH server; it requires being called by its full path. */
const program = '/usr/sbin/sshd';

export interface SshServer {
  readonly said: () => string;
  readonly stop: () => Promise<void>;
}

/** A key of the visitor, which may log in as `account`. */
export function authorize(account: Account): string {
  const key = join(visitor.home, '.ssh/key');
  if (!existsSync(key)) {
    mkdirSync(join(visitor.home, '.ssh'), { recursive: true });
    must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    must('chown', ['-R', `${visitor.uid}:${visitor.gid}`, join(visitor.home, '.ssh')]);
  }
  chmodSync(account.home, 0o755);
  place(join(account.home, '.ssh/authorized_keys'), readFileSync(`${key}.pub`), 0o600, account);
  must('chown', ['-R', `${account.uid}:${account.gid}`, join(account.home, '.ssh')]);
  return key;
}

/** sshd with the packaged configuration and the drop-ins in /etc/ssh/sshd_config.d. */
export async function startSshd(address: string, port: number): Promise<SshServer> {
  must('ssh-keygen', ['-A']);
  const log = `${own}/sshd.log`;
  rmSync(log, { force: true });
  // PAM requires a complete system; it does not affect permissions after the login.
  const args = [
    '-D',
    '-E',
    log,
    '-o',
    'UsePAM=no',
    '-o',
    'PidFile=none',
    '-o',
    `ListenAddress=${address}`,
    '-p',
    String(port),
  ];
  const started = spawn(program, args, { stdio: 'ignore' });
  const said = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  await until(
    'sshd answers',
    () => {
      if (started.exitCode !== null) throw new Error(`sshd did not start: ${said()}`);
      return answers(address, port);
    },
    said,
  );
  return {
    said,
    stop: async () => {
      const ended = new Promise((resolve) => started.once('exit', resolve));
      started.kill('SIGTERM');
      await ended;
    },
  };
}

/** Whether connections are accepted there. */
export function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}
