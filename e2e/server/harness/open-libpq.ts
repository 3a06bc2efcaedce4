import { spawn } from 'node:child_process';
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
  const program = spawn('python3', [script, path], {
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
