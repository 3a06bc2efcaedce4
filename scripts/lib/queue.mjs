import { performance } from 'node:perf_hooks';
import { idleCores } from './idle.mjs';
import { broken, noTime } from './reports.mjs';

/** Interval of progress messages in a run that prints nothing else, in milliseconds. */
const HEARTBEAT = 60_000;

/** By how much a shard may take longer than the pace of the run lets expect. */
const MARGIN = 1.25;

/** Interval in milliseconds at which the queue looks for idle cores: a shard needs some of it to start. */
const WATCH = 15_000;

/** Idle cores that are enough for another shard of tests that wait, and the most such shards. */
const ENOUGH = 0.6;
const MORE = 2;

/**
 * Runs shards of several suites, the longest first, `atOnce` at a time, and next to a shard that starts many processes
 * one that does not, as long as there is one. On a virtual machine, two that start processes wait for each other's page
 * tables: together they take longer than one after the other.
 *
 * Many tests wait: for a connection that times out, a service that starts, a rollback that is due. If cores are idle,
 * up to two more shards start, one at a time.
 *
 * A shard is `{ suite, name, files, seconds, manyProcesses, run }`: `seconds` is its expected duration, and `run(files)`
 * returns its report. A shard that would not end before `end`, on the clock of `performance.now()`, is not started: each
 * of its files counts as skipped.
 */
export class Queue {
  #atOnce;
  #say;
  #end;
  #idle;
  #waiting = [];
  #running = new Set();
  #done = [];

  constructor(atOnce, { say = console.log, end = Number.POSITIVE_INFINITY, idle = idleCores() } = {}) {
    this.#atOnce = atOnce;
    this.#say = say;
    this.#end = end;
    this.#idle = idle;
  }

  /**
   * Adds shards; returns their reports when the last of them has ended, each with its duration `took` in seconds. A
   * shard that breaks is a failure.
   */
  add(shards) {
    const reports = shards.map((shard) => new Promise((resolve) => this.#waiting.push({ ...shard, resolve })));
    this.#waiting.sort((a, b) => b.seconds - a.seconds);
    this.#fill();
    return Promise.all(reports);
  }

  /** While `work` runs: prints the progress once a minute, and uses cores that are idle. */
  async during(work) {
    const heartbeat = setInterval(() => this.#say(this.progress()), HEARTBEAT);
    const watch = setInterval(() => this.useIdle(), WATCH);
    try {
      return await work;
    } finally {
      clearInterval(heartbeat);
      clearInterval(watch);
    }
  }

  /** Starts one more shard if cores were idle since the last call. */
  useIdle() {
    const idle = this.#idle();
    const { size } = this.#running;
    if (idle < ENOUGH || size < this.#atOnce || size >= this.#atOnce + MORE || this.#waiting.length === 0) return;
    this.#start(this.#next());
  }

  /** For example `14 of 48 shards, about 9 min left: lab 3/14, tools 5/9`. */
  progress() {
    const all = [...this.#done, ...this.#running, ...this.#waiting];
    const suites = [...new Set(all.map(({ suite }) => suite))].map((suite) => {
      const of = (some) => some.filter((shard) => shard.suite === suite).length;
      return `${suite} ${of(this.#done)}/${of(all)}`;
    });
    return `${this.#done.length} of ${all.length} shards, about ${inMinutes(this.#secondsLeft())} left: ${suites.join(', ')}`;
  }

  #fill() {
    for (const late of this.#waiting.filter((shard) => !this.#fits(shard))) {
      this.#waiting.splice(this.#waiting.indexOf(late), 1);
      this.#done.push({ ...late, took: 0 });
      this.#say(`[${late.name} is left out: there is no time for it]`);
      late.resolve({ ...noTime(late.files), took: 0 });
    }
    while (this.#running.size < this.#atOnce && this.#waiting.length > 0) this.#start(this.#next());
  }

  #fits({ suite, seconds }) {
    return performance.now() + seconds * this.#pace(suite) * MARGIN * 1000 < this.#end;
  }

  /** How many times as long as expected the shards took that have ended: those of the suite, if there are any. */
  #pace(suite) {
    const ended = this.#done.filter(({ took }) => took > 0);
    const same = ended.filter((shard) => shard.suite === suite);
    const known = same.length > 0 ? same : ended;
    const sum = (key) => known.reduce((total, shard) => total + shard[key], 0);
    return known.length > 0 ? sum('took') / sum('seconds') : 1;
  }

  /** The longest of the other kind than what runs, or else the longest. */
  #next() {
    const wanted = ![...this.#running].some(({ manyProcesses }) => manyProcesses);
    const found = this.#waiting.findIndex(({ manyProcesses = false }) => manyProcesses === wanted);
    return this.#waiting.splice(Math.max(0, found), 1)[0];
  }

  async #start(shard) {
    const running = { ...shard, began: performance.now() };
    this.#running.add(running);
    const report = await shard.run(shard.files).catch((error) => broken(`${shard.name}: ${error.stack}`));
    const took = (performance.now() - running.began) / 1000;
    this.#running.delete(running);
    this.#done.push({ ...shard, took });
    this.#say(`[${shard.name} has ended] ${this.progress()}`);
    shard.resolve({ ...report, took });
    this.#fill();
  }

  /** From the expected durations of the shards and the pace. */
  #secondsLeft() {
    const sum = (some) => some.reduce((total, seconds) => total + seconds, 0);
    const left = [
      ...this.#waiting.map(({ suite, seconds }) => seconds * this.#pace(suite)),
      ...[...this.#running].map(({ suite, seconds, began }) => {
        const gone = (performance.now() - began) / 1000;
        // A shard that is late also has some time left.
        return Math.max(seconds * this.#pace(suite) - gone, gone / 5);
      }),
    ];
    return Math.max(0, ...left, sum(left) / Math.max(this.#atOnce, this.#running.size));
  }
}

const inMinutes = (seconds) => (seconds < 90 ? `${Math.ceil(seconds / 10) * 10} s` : `${Math.round(seconds / 60)} min`);
