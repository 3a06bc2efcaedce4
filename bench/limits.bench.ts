import { bench, describe } from 'vitest';
import { deriveAccess, generate, type Plan, parsePlan } from '../app/core/index.ts';
import { cornerPlan, starts } from '../app/core/testing/corner-plans.ts';

/** Half of the limit, and all of it: time that is linear in the plan doubles. */
const corners: readonly [start: string, dimensions: readonly string[], shares: readonly number[]][] = [
  ['direct, ufw', ['clients of other methods'], [0.5, 1]],
  ['direct, ufw', ['clients of their own roles and databases'], [0.5, 1]],
  ['direct, ufw', ['sources', 'roles'], [0.32, 0.64]],
  ['direct, ufw', ['roles', 'databases'], [0.22, 0.44]],
  ['direct, nftables, certificates', ['roles'], [0.5, 1]],
  ['vpn, separate gateway', ['networks of peers', 'peers', 'sources', 'clients'], [0.06, 0.12]],
  ['private', ['replicas', 'clients of the replicas', 'clients'], [0.19, 0.38]],
  ['bastion, PgBouncer', ['clients of their own roles and databases'], [0.5, 1]],
];

for (const [name, dimensions, shares] of corners) {
  const start = starts.find((one) => one.name === name);
  if (!start) throw new Error(name);
  for (const share of shares) {
    const driven = start.dimensions.filter((one) => dimensions.includes(one.name));
    const parsed = parsePlan(cornerPlan(start, driven, share));
    if (!parsed.ok) throw new Error(`${name}, ${dimensions} at ${share}: ${parsed.issues[0]?.message}`);
    const plan: Plan = parsed.value;
    describe(`${name}: ${dimensions.join(' × ')} at ${share}`, () => {
      bench('parsePlan', () => void parsePlan(plan), { time: 1000 });
      bench('deriveAccess and generate', () => void [deriveAccess(plan), generate(plan)], { time: 2000 });
    });
  }
}
