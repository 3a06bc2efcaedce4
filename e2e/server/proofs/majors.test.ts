import { expect, it } from 'vitest';
import { MAJORS } from '../../../app/core/index.ts';
import { binaries, missingServer } from '../harness/binaries.ts';
import { must } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';

it.skipIf(!inNamespace).for(MAJORS)('there is a PostgreSQL %i, which the other proofs try', (major, context) => {
  const missing = missingServer(major);
  // The other proofs leave out a major that is not here; the reason is shown and the skip is counted.
  if (missing !== undefined) return context.skip(missing);
  expect(must(`${binaries(major)}/bin/postgres`, ['--version'])).toContain(`(PostgreSQL) ${major}`);
});
