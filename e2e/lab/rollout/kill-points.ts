import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Kills a script before one of its commands, including those of its subshells. */
export class KillPoints {
  readonly #script: string;
  readonly #count: string;

  /** `folder` takes two files; `name` is the script's. */
  constructor(folder: string, name = 'apply.sh') {
    this.#script = `${folder}/kill.sh`;
    this.#count = `${folder}/kill.count`;
    // Bash runs this before every command of the script, and of no other script. A subshell has variables of its own, so
    // the count is the length of a file. The guard, which takes back later, is left alone.
    const trap = [
      `printf . >>${this.#count}`,
      `read -rd "" postern_n <${this.#count} || true`,
      `if [ "\${#postern_n}" -ge "\${POSTERN_KILL:-1000000}" ]; then kill -"\${POSTERN_SIGNAL:-KILL}" 0; fi`,
    ].join('; ');
    writeFileSync(
      this.#script,
      `if [ "\${0##*/}" = ${name} ] && [ "\${1:-}" != --guard ]; then\n  set -T\n  trap '${trap}' DEBUG\nfi\n`,
    );
  }

  /** What a run of the script needs: nothing is killed without a point. The process group is, so it must be one of its own. */
  environment(point?: number, signal?: string): Record<string, string> {
    rmSync(this.#count, { force: true });
    return {
      BASH_ENV: this.#script,
      ...(point === undefined ? {} : { POSTERN_KILL: String(point) }),
      ...(signal === undefined ? {} : { POSTERN_SIGNAL: signal }),
    };
  }

  /** The number of commands of the last run. */
  count(): number {
    return readFileSync(this.#count, 'utf8').length;
  }
}
