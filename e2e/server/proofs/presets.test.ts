import { generate } from '../../../app/core/index.ts';
import { majors } from '../harness/binaries.ts';
import { namedPlans, onMajor } from '../harness/plans.ts';
import { proveBundle } from '../harness/proof.ts';

for (const { name, plan } of namedPlans()) {
  for (const major of majors) {
    const proven = onMajor(plan, major);
    proveBundle(name, proven, () => generate(proven).files);
  }
}
