import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Processes that this run has started and that have not ended yet; none may outlive the run. */
const running = new Set();
process.on('exit', () => {
  for (const started of running) started.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

/** The time by which everything must have ended, on the clock of `performance.now()`. */
let deadline = Number.POSITIVE_INFINITY;

/**
 * Ends every program that is still running `minutes` from now, so that there is time to report the result of the run.
 */
export function endEverythingIn(minutes) {
  deadline = performance.now() + minutes * 60_000;
}

/** Polling interval of a program, in milliseconds. */
const LOOK = 1000;

/**
 * Runs a program to its end and returns its exit code and everything it printed. `show: true` passes the output through
 * as it arrives (and then none of it is returned). A program that makes no progress for `limit` seconds is asked to
 * end, ten seconds later it is killed, and the code is 124, as with timeout(1). Output is progress, and so is growth of
 * the file `grows`: a machine that is busy with other work is slow, and only a program that hangs is stopped. After the
 * time of the run only programs with `late` start.
 */
export function child(command, args, { cwd, env, show = false, limit = 0, grows, late = false } = {}) {
  const end = late ? Number.POSITIVE_INFINITY : deadline;
  if (performance.now() > end) return Promise.resolve({ code: 124, output: 'The time for the run is over.\n' });
  return new Promise((resolve) => {
    const started = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    running.add(started);
    let output = '';
    let lateSince;
    let size = 0;
    let progressAt = performance.now();
    const progress = () => {
      progressAt = performance.now();
    };
    const watch = setInterval(() => {
      const now = performance.now();
      const grown = sizeOf(grows);
      if (grown !== size) progress();
      size = grown;
      const hangs = limit > 0 && now - progressAt > limit * 1000;
      if (lateSince === undefined && (hangs || now > end)) {
        lateSince = now;
        started.kill('SIGTERM');
      } else if (now - lateSince > 10_000) {
        started.kill('SIGKILL');
      }
    }, LOOK);
    const ended = (code, text) => {
      clearInterval(watch);
      running.delete(started);
      resolve({ code: lateSince === undefined ? code : 124, output: text });
    };
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (chunk) => {
        output += chunk;
        progress();
      });
    started.on('error', (error) => ended(127, `${output}${error.message}\n`));
    started.on('close', (code) => ended(code ?? 1, output));
  });
}

function sizeOf(path) {
  try {
    return path ? statSync(path).size : 0;
  } catch {
    return 0;
  }
}
