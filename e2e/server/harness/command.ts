import { existsSync, readdirSync } from 'node:fs';
import type { Account } from './accounts.ts';
import { type Ran, starter } from './starter.ts';

export type { Ran };

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
  const { as, env, cwd = '/', input = '', limit = 300 } = manner;
  const account = as && { uid: as.uid, gid: as.gid };
  const variables = { PATH: path, LANG: 'C.UTF-8', HOME: as?.home ?? '/root', ...env };
  return starter().run({ command, args, cwd, env: variables, input, as: account, limit });
}

/** Seconds: less than a test may take (vitest.config.ts), so that the error names the program. */
const HUNG = 800;

/** Runs a program that must succeed, such as mount or ip, and returns what it printed. */
export function must(command: string, args: readonly string[], input = ''): string {
  const order = { command, args, cwd: process.cwd(), env: process.env, input, limit: HUNG };
  const { code, stdout, stderr } = starter().runSync(order);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr.trim()}`);
  return stdout;
}
