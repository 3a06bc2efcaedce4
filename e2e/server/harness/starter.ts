import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A program to run to its end. */
export interface Order {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly input: string;
  readonly as?: { readonly uid: number; readonly gid: number } | undefined;
  /** Seconds after which the program is killed. */
  readonly limit: number;
}

/** What a program came to: 124 is the code of one that was killed after its limit, 1 that of one that a signal ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Answer {
  readonly id: number;
  readonly error?: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A small process that starts the programs of the tests (starter.py). To start a program, Node forks, and the kernel
 * then copies the page tables of a test worker of 300 MB: on a virtual machine that takes longer than most of the
 * programs run. Python uses vfork, which copies nothing, or as another account a fork of its own 10 MB.
 */
class Starter {
  readonly #program: ChildProcessByStdio<Writable, Readable, null>;
  readonly #orders: number;
  readonly #answers: number;
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  #last = 0;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'postern-starter-'));
    const orders = fifo(join(folder, 'orders'));
    const answers = fifo(join(folder, 'answers'));
    rmSync(folder, { recursive: true });
    this.#orders = orders.write;
    this.#answers = answers.read;
    const script = fileURLToPath(new URL('starter.py', import.meta.url));
    this.#program = spawn('/usr/bin/python3', [script], {
      stdio: ['pipe', 'pipe', 'inherit', orders.read, answers.write],
    }) as ChildProcessByStdio<Writable, Readable, null>;
    closeSync(orders.read);
    closeSync(answers.write);
    // It ends with this process, whose end closes its input, and does not keep it alive.
    this.#program.unref();
    this.#keepAlive(false);
    createInterface({ input: this.#program.stdout }).on('line', (line) => {
      const answer = JSON.parse(line) as Answer;
      this.#settled(answer.id)?.resolve(answer);
    });
    this.#program.on('error', (error) => this.#fail(error));
    this.#program.on('exit', (code) => this.#fail(new Error(`starter.py ended with ${code}`)));
  }

  async run(order: Order): Promise<Ran> {
    this.#last += 1;
    const id = this.#last;
    const answered = new Promise<Answer>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#keepAlive(true);
    this.#program.stdin.write(`${JSON.stringify({ id, ...order })}\n`);
    return result(await answered);
  }

  /** Blocks until the program has ended. */
  runSync(order: Order): Ran {
    writeAll(this.#orders, `${JSON.stringify({ id: 0, ...order })}\n`);
    return result(JSON.parse(readLine(this.#answers)) as Answer);
  }

  #settled(id: number) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#keepAlive(false);
    return waiting;
  }

  #fail(error: Error): void {
    for (const id of [...this.#waiting.keys()]) this.#settled(id)?.reject(error);
  }

  #keepAlive(yes: boolean): void {
    const output = this.#program.stdout as Readable & { ref: () => void; unref: () => void };
    if (yes) output.ref();
    else output.unref();
  }
}

/** Both ends of a pipe that block, which Node's own pipes do not. Its name can be removed at once. */
function fifo(path: string): { readonly read: number; readonly write: number } {
  const { status, stderr } = spawnSync('mkfifo', [path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mkfifo failed: ${stderr}`);
  // Opening one end alone would wait for the other.
  const both = openSync(path, 'r+');
  const read = openSync(path, 'r');
  const write = openSync(path, 'w');
  closeSync(both);
  return { read, write };
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

function readLine(descriptor: number): string {
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(65_536);
    const length = readSync(descriptor, part);
    if (length === 0) throw new Error('starter.py has ended');
    parts.push(part.subarray(0, length));
    if (part[length - 1] === 10) return Buffer.concat(parts).toString();
  }
}

function result({ error, code, stdout, stderr }: Answer): Ran {
  if (error !== undefined) throw new Error(error);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

const text = (base64: string): string => Buffer.from(base64, 'base64').toString();

let started: Starter | undefined;

/** The starter of this process. */
export function starter(): Starter {
  started ??= new Starter();
  return started;
}
