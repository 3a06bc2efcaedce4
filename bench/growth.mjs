// How the core's time grows with the number of clients. bench/README.md says how to read it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { repository } from '../scripts/lib/repository.mjs';
import { bundled } from './core.mjs';

const SIZES = [10, 50, 150, 500];
/** Each figure is the best of this many calls, and of fewer once they take this long together, in milliseconds. */
const CALLS = { most: 7, least: 2, ms: 2500 };

const { parsePlan, deriveAccess, generate, layersOf } = await bundled('app/core/index.ts');
const preset = JSON.parse(readFileSync(join(repository, 'public/presets/office-vpn-internet.json'), 'utf8'));

/** Four networks of each client that no other client has. */
const separate = (client) =>
  [0, 1, 2, 3].map((one) => `10.${(client * 4 + one) >> 8}.${(client * 4 + one) & 255}.0/24`);
/** Four networks that contain each other and those of other clients. */
const nested = (client) => [12, 16, 20, 24].map((length) => `10.${(client * 16) & 240}.0.0/${length}`);

function planWith(count, networks) {
  const clients = Array.from({ length: count }, (_, index) => ({
    ...preset.clients[0],
    name: `client ${index}`,
    sources: networks(index),
    roles: [`role_${index}`],
    databases: [`database_${index % 7}`],
  }));
  const parsed = parsePlan({ ...preset, clients });
  if (!parsed.ok) throw new Error(parsed.issues[0].message);
  return parsed.value;
}

/** The least time of an act, each time with a plan of its own: lists of a plan's model keep what was computed from them. */
function best(plan, act) {
  let least = Number.POSITIVE_INFINITY;
  const began = performance.now();
  for (let call = 0; call < CALLS.most && (call < CALLS.least || performance.now() - began < CALLS.ms); call++) {
    const { value } = parsePlan(plan);
    const since = performance.now();
    act(value);
    least = Math.min(least, performance.now() - since);
  }
  return least;
}

const mean = (all) => all.reduce((sum, one) => sum + one, 0) / all.length;

/** The slope of the least-squares line through the logarithms. */
function exponent(times) {
  const [xs, ys] = [SIZES.map(Math.log), times.map(Math.log)];
  const [x, y] = [mean(xs), mean(ys)];
  return mean(xs.map((one, at) => (one - x) * (ys[at] - y))) / mean(xs.map((one) => (one - x) ** 2));
}

for (const [kind, networks] of Object.entries({ separate, nested })) {
  const plans = SIZES.map((count) => planWith(count, networks));
  const acts = { parsePlan, deriveAccess, layersOf: (plan) => layersOf(deriveAccess(plan)), generate };
  for (const [name, act] of Object.entries(acts)) {
    const times = plans.map((plan) => best(plan, act));
    const shown = times.map((time, at) => `${SIZES[at]}: ${time.toFixed(1)} ms`).join(', ');
    console.log(`${name}, ${kind} networks: exponent ${exponent(times).toFixed(2)} (${shown})`);
  }
}
