import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { idleCores } from './idle.mjs';
import { Queue } from './queue.mjs';
import { shards, testFiles } from './shards.mjs';

/** A shard that ends when `end` is called. */
function held(name, seconds, started) {
  let end;
  const ended = new Promise((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve({ name }));
  });
  const run = () => {
    started.push(name);
    return ended;
  };
  return { shard: { suite: 'lab', name, seconds, run }, end };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

it('the longest shards start first, two at a time, and progress says what is left', async () => {
  const started = [];
  const said = [];
  const queue = new Queue(2, { say: (line) => said.push(line) });
  const [short, long, middle] = [held('short', 60, started), held('long', 600, started), held('middle', 300, started)];
  const reports = queue.add([short, long, middle].map(({ shard }) => shard));
  expect(started).toEqual(['long', 'middle']);
  expect(queue.progress()).toBe('0 of 3 shards, about 10 min left: lab 0/3');
  middle.end();
  await turn();
  expect(started).toEqual(['long', 'middle', 'short']);
  expect(said.at(-1)).toMatch(/^\[middle has ended\] 1 of 3 shards, about .* left: lab 1\/3$/);
  short.end();
  long.end();
  expect((await reports).map(({ name }) => name)).toEqual(['short', 'long', 'middle']);
});

it('next to a shard that starts many processes runs one that does not, as long as there is one', async () => {
  const started = [];
  const queue = new Queue(2, { say: () => undefined });
  const shard = (name, seconds, manyProcesses) => {
    const { shard: made, end } = held(name, seconds, started);
    return { end, shard: { ...made, manyProcesses } };
  };
  const all = [shard('lab', 500, true), shard('server', 400, true), shard('tools', 300, true), shard('browser', 90)];
  const reports = queue.add(all.map((one) => one.shard));
  expect(started).toEqual(['lab', 'browser']);
  all[0].end();
  await turn();
  expect(started).toEqual(['lab', 'browser', 'server']);
  all[3].end();
  await turn();
  expect(started).toEqual(['lab', 'browser', 'server', 'tools']);
  for (const { end } of all) end();
  expect(await reports).toHaveLength(4);
});

it('while cores are idle, up to two more shards start, one at a time', async () => {
  const started = [];
  let idle = 0.5;
  const queue = new Queue(2, { say: () => undefined, idle: () => idle });
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => held(name, 60 - index, started));
  const reports = queue.add(all.map(({ shard }) => shard));
  queue.useIdle();
  expect(started.join('')).toBe('ab');
  idle = 1.2;
  queue.useIdle();
  expect(started.join('')).toBe('abc');
  queue.useIdle();
  queue.useIdle();
  expect(started.join('')).toBe('abcd');
  // The place of a shard that started in addition is filled only if cores are still idle.
  all[0].end();
  await turn();
  expect(started.join('')).toBe('abcd');
  queue.useIdle();
  expect(started.join('')).toBe('abcde');
  for (const { end } of all) end();
  expect(await reports).toHaveLength(6);
  expect(started.join('')).toBe('abcdef');
});

it('the cores that are idle are those that nothing uses', async () => {
  const idle = idleCores();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(idle()).toBeLessThanOrEqual(availableParallelism() + 0.1);
  const [began, all] = [performance.now(), availableParallelism()];
  while (performance.now() - began < 500);
  expect(idle()).toBeLessThan(all - 0.5);
});

it('a shard that breaks is a failure, and the counts of the others are kept', async () => {
  const started = [];
  const queue = new Queue(1, { say: () => undefined });
  const [bad, good] = [held('bad', 10, started), held('good', 5, started)];
  const reports = queue.add([bad.shard, good.shard]);
  bad.end(new Error('no'));
  good.end();
  expect(await reports).toMatchObject([{ failed: 1, notes: [expect.stringContaining('no')] }, { name: 'good' }]);
});

it('a shard for which there is no time is left out, and its files count as skipped', async () => {
  const started = [];
  const said = [];
  const queue = new Queue(1, { say: (line) => said.push(line), end: performance.now() + 10_000 });
  const [first, long, short] = [held('first', 7, started), held('long', 6, started), held('short', 1e-9, started)];
  const reports = queue.add([first.shard, { ...long.shard, files: ['a.test.ts', 'b.test.ts'] }, short.shard]);
  expect(started).toEqual(['first']);
  // Seven seconds were expected of the first; as it takes next to none, there is time for the second after all.
  first.end();
  await turn();
  expect(started).toEqual(['first', 'long']);
  await new Promise((resolve) => setTimeout(resolve, 30));
  long.end();
  short.end();
  expect((await reports).map(({ name }) => name)).toEqual(['first', 'long', 'short']);
  expect(said.join()).not.toContain('left out');

  const slow = new Queue(1, { say: (line) => said.push(line), end: performance.now() + 1000 });
  const late = slow.add([{ ...held('late', 60, started).shard, files: ['a.test.ts', 'b.test.ts'] }]);
  expect(await late).toMatchObject([{ passed: 0, failed: 0, skipped: 2, took: 0 }]);
  expect((await late)[0].notes[0]).toBe('skipped: a.test.ts: this machine is too slow for the time of the run');
  expect(started).not.toContain('late');
  expect(said.at(-1)).toBe('[late is left out: there is no time for it]');
});

it('every test file is in exactly one shard', () => {
  const files = testFiles(['e2e/lab', 'e2e/server/tools']);
  expect(files.length).toBeGreaterThan(50);
  const made = shards(files, 200);
  expect(made.length).toBeGreaterThan(3);
  expect(made.flatMap((shard) => shard.files).sort()).toEqual(files);
});

it('a file that takes longer than a shard has its own shard, and the others have about the same length', () => {
  const seconds = { long: 500, a: 90, b: 80, c: 70, d: 60 };
  const made = shards(Object.keys(seconds), 270, (file) => seconds[file]);
  expect(made).toContainEqual({ files: ['long'], seconds: 500 });
  expect(made.map((shard) => shard.seconds).sort((a, b) => a - b)).toEqual([150, 150, 500]);
});
