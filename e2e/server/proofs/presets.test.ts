import { generate } from '../../../app/core/index.ts';
import { majorsOf } from '../harness/amount.ts';
import { namedPlans, onMajor } from '../harness/plans.ts';
import { proveBundle } from '../harness/proof.ts';

for (const [at, { name, plan }] of namedPlans().entries()) {
  const two = majorsOf(at);
  for (const [turn, major] of two.entries()) {
    const proven = onMajor(plan, major);
    // verify.sh takes half of the time, so each client and family is tried on one of two majors.
    const half = two.length === 2 ? { half: turn === 0 ? (0 as const) : (1 as const) } : {};
    proveBundle(name, proven, () => generate(proven).files, half);
  }
}
