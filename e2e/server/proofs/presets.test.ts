import { generate } from '../../../app/core/index.ts';
import { majorsOf } from '../harness/amount.ts';
import { namedPlans, onMajor } from '../harness/plans.ts';
import { proveBundle } from '../harness/proof.ts';

for (const [at, { name, plan }] of namedPlans().entries()) {
  for (const major of majorsOf(at)) {
    const proven = onMajor(plan, major);
    proveBundle(name, proven, () => generate(proven).files);
  }
}
