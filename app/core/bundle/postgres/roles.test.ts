import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveAccess } from '../../model/derive.ts';
import { planArbitrary } from '../../testing/plan-arbitrary.ts';
import { renderFile } from '../render.ts';
import { rolesFile } from './roles.ts';

test('no statement has an empty list, which is invalid SQL, also if the superuser is the only role', () => {
  fc.assert(
    fc.property(planArbitrary, (plan) => {
      for (const file of rolesFile.render(deriveAccess(plan))) expect(renderFile(file).content).not.toContain('IN ()');
    }),
  );
});
