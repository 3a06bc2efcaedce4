import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import type { Account } from './accounts.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Debian's psql is a wrapper that reads /etc/postgresql, as if the namespace's server were one of its own clusters; the
 * program that it wraps takes precedence.
 */
const path = [...debianClients(), process.env.PATH].join(':');

function debianClients(): string[] {
  const folder = '/usr/lib/postgresql';
  if (!existsSync(folder)) return [];
  const majors = readdirSync(folder).sort((a, b) => Number(b) - Number(a));
  return majors.map((major) => `${folder}/${major}/bin`).filter((bin) => existsSync(`${bin}/psql`));
}

interface Manner {
  readonly as?: Account;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  /** Seconds after which the program is considered hung; 300 by default. */
  readonly limit?: number;
}

/**
 * Runs a program to its end, as root or as `as`, and returns what it printed. Killed after `limit` seconds (code 124).
 */
export function run(command: string, args: readonly string[], manner: Manner = {}): Promise<Ran> {
  const { as, env, cwd, input, limit = 300 } = manner;
  return new Promise((resolve, reject) => {
    const started = spawn(command, args, {
      cwd: cwd ?? '/',
      // Bash treats a socket as input, which Node's pipe is, as a remote login and reads ~/.bashrc, unless SHLVL is
      // set.
      env: { PATH: path, LANG: 'C.UTF-8', HOME: as?.home ?? '/root', SHLVL: '1', ...env },
      ...(as ? { uid: as.uid, gid: as.gid } : {}),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      started.kill('SIGKILL');
    }, limit * 1000);
    started.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    started.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    started.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    started.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: late ? 124 : (code ?? 1), stdout, stderr });
    });
    // A program that does not read its input closes the pipe; that is not an error.
    started.stdin.on('error', () => undefined);
    started.stdin.end(input ?? '');
  });
}

/** Runs a program that must succeed, such as mount or ip, and returns what it printed. */
export function must(command: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    input: input ?? '',
    maxBuffer: 1 << 30,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr.trim()}`);
  return stdout;
}
