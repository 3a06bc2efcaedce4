import { performance } from 'node:perf_hooks';
import { broken } from './reports.mjs';

/** Interval of progress messages in a run that prints nothing else, in milliseconds. */
const HEARTBEAT = 60_000;

/**
 * Runs shards of several suites, the longest first, `atOnce` at a time, and next to a shard that starts many processes
 * one that does not, as long as there is one. On a virtual machine, two that start processes wait for each other's page
 * tables: together they take longer than one after the other.
 *
 * A shard is `{ suite, name, seconds, manyProcesses, run }`: `seconds` is its expected duration, and `run` returns its
 * report.
 */
export class Queue {
  #atOnce;
  #say;
  #waiting = [];
  #running = new Set();
  #done = [];

  constructor(atOnce, say = console.log) {
    this.#atOnce = atOnce;
    this.#say = say;
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

  /** Prints the progress once a minute while `work` runs. */
  async during(work) {
    const heartbeat = setInterval(() => this.#say(this.progress()), HEARTBEAT);
    try {
      return await work;
    } finally {
      clearInterval(heartbeat);
    }
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
    while (this.#running.size < this.#atOnce && this.#waiting.length > 0) this.#start(this.#next());
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
    const report = await shard.run().catch((error) => broken(`${shard.name}: ${error.stack}`));
    const took = (performance.now() - running.began) / 1000;
    this.#running.delete(running);
    this.#done.push({ ...shard, took });
    this.#say(`[${shard.name} has ended] ${this.progress()}`);
    shard.resolve({ ...report, took });
    this.#fill();
  }

  /** From the expected durations of the shards, scaled by how much longer the finished ones took. */
  #secondsLeft() {
    const sum = (some) => some.reduce((total, seconds) => total + seconds, 0);
    const expected = sum(this.#done.map(({ seconds }) => seconds));
    const pace = expected > 0 ? sum(this.#done.map(({ took }) => took)) / expected : 1;
    const left = [
      ...this.#waiting.map(({ seconds }) => seconds * pace),
      ...[...this.#running].map(({ seconds, began }) => {
        const gone = (performance.now() - began) / 1000;
        // A shard that is late also has some time left.
        return Math.max(seconds * pace - gone, gone / 5);
      }),
    ];
    return Math.max(0, ...left, sum(left) / this.#atOnce);
  }
}

const inMinutes = (seconds) => (seconds < 90 ? `${Math.ceil(seconds / 10) * 10} s` : `${Math.round(seconds / 60)} min`);
