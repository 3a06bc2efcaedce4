import { generate } from '../../../app/core/index.ts';
import { majorsOf } from '../harness/amount.ts';
import { namedPlans, onMajor } from '../harness/plans.ts';
import { proveBundle } from '../harness/proof.ts';

/** A half of the runs of verify.sh; either has runs of both families. */
const inHalf = (half: number, run: number) => [0, 1, 1, 0][run % 4] === half;

for (const [at, { name, plan }] of namedPlans().entries()) {
  const some = majorsOf(at);
  for (const [half, major] of some.entries()) {
    const proven = onMajor(plan, major);
    // verify.sh takes half of the time, so each client and family is tried on one of two majors.
    const more = some.length === 2 ? { verified: (run: number) => inHalf(half, run) } : {};
    proveBundle(name, proven, () => generate(proven).files, more);
  }
}
