// npm run build:single: writes dist-single/postern.html, the whole page in one file that works from the disk.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { build } from 'vite';
import { main, Problem } from './lib/problem.mjs';
import { repository } from './lib/repository.mjs';

const out = join(repository, 'dist-single');

await main(async () => {
  const began = performance.now();
  await build({ root: repository, mode: 'single', logLevel: 'warn' });
  const made = readdirSync(out);
  if (made.join() !== 'postern.html') throw new Problem(`The build is more than one file: ${made.join(', ')}`);
  const kilobytes = Math.round(statSync(join(out, 'postern.html')).size / 1000);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`dist-single/postern.html: ${kilobytes} kB, built in ${seconds} s`);
});
