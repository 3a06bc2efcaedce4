import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Said {
  readonly accepted: boolean;
  readonly message: string;
  /** The intended role and database; empty if it did not get that far. */
  readonly user: string;
  readonly database: string;
}

export interface Libpq {
  readonly connect: (conninfo: string) => Promise<Said>;
  readonly close: () => void;
}

/** A libpq of the machine, of any major, used by a small program that stays for all its connections. */
export function openLibpq(path: string, env: Readonly<Record<string, string>> = {}): Libpq {
  const script = fileURLToPath(new URL('open-libpq.py', import.meta.url));
  const [python, ...args] = pythonFor(path);
  const program = spawn(python, [...args, script, path], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  return {
    async connect(conninfo) {
      program.stdin.write(`${conninfo}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`The program that uses ${path} ended at ${conninfo}`);
      return JSON.parse(value) as Said;
    },
    close: () => program.stdin.end(),
  };
}

/** Python, with the C library beside this libpq, if there is one: the machine's own may be too old for it. */
function pythonFor(libpq: string): readonly [string, ...string[]] {
  const folder = dirname(libpq);
  const loader = `${folder}/ld-linux-x86-64.so.2`;
  const python = '/usr/bin/python3';
  return existsSync(loader) ? [loader, '--library-path', `${folder}:/usr/lib/x86_64-linux-gnu`, python] : [python];
}
