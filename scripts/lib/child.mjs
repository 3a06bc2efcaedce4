import { spawn } from 'node:child_process';

/** What this run has started and not yet seen end; none of it may outlive the run. */
const running = new Set();
process.on('exit', () => {
  for (const started of running) started.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

/**
 * Runs a program to its end and gives its exit code and everything it printed.
 * `show: true` lets the output through as it comes (and then none of it is returned).
 * After `limit` seconds the program is asked to end, ten seconds later it is killed, and the code is 124, as timeout(1) has it.
 */
export function child(command, args, { cwd, env, show = false, limit = 0 } = {}) {
  return new Promise((resolve) => {
    const started = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    running.add(started);
    let output = '';
    let late = false;
    const timers = [];
    if (limit > 0) {
      const after = (seconds, signal) =>
        timers.push(
          setTimeout(() => {
            late = true;
            started.kill(signal);
          }, seconds * 1000),
        );
      after(limit, 'SIGTERM');
      after(limit + 10, 'SIGKILL');
    }
    const ended = (code, text) => {
      for (const timer of timers) clearTimeout(timer);
      running.delete(started);
      resolve({ code: late ? 124 : code, output: text });
    };
    started.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    started.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    started.on('error', (error) => ended(127, `${output}${error.message}\n`));
    started.on('close', (code) => ended(code ?? 1, output));
  });
}
