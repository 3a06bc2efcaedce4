import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generate, type Plan, parsePlan } from '../index.ts';
import { checkSystemName } from '../plan/fields.ts';
import { planArbitrary } from '../testing/plan-arbitrary.ts';
import { importFiles } from './import.ts';

/** The file as a whole: a block that is merged into existing rules is not a complete file. */
function importOf(plan: Plan) {
  const { files } = generate({ ...plan, server: { ...plan.server, rules: 'replace' } });
  const content = (path: string) => files.find((file) => file.path === path)?.content ?? '';
  return importFiles({
    hba: content('database-server/pg_hba.conf'),
    conf: content('database-server/conf.d/postern.conf'),
    ident: content('database-server/pg_ident.conf'),
    major: plan.server.major,
  });
}

/**
 * If the account is named like the superuser and the plan has no answer that could name it, importing has to change the
 * map.
 */
const namesItsAccount = ({ server }: Plan): boolean =>
  server.osUser !== null || checkSystemName(server.superuser) === undefined;

test('the files of a plan are imported as a plan that allows exactly the same', () => {
  fc.assert(
    fc.property(planArbitrary.filter(namesItsAccount), (plan) => {
      const { plan: back, differences } = importOf(plan);
      expect(parsePlan(back)).toMatchObject({ ok: true });
      expect(differences).toEqual([]);
      expect(back.server.port).toBe(plan.server.port);
      expect(back.security.tlsMinimum).toBe(plan.security.tlsMinimum);
      expect(back.security.passwordHashing).toBe(plan.security.passwordHashing);
      expect(back.monitoring.log).toBe(plan.monitoring.log);
    }),
    { numRuns: 60 },
  );
});

test('importing the files of an imported plan preserves access exactly', () => {
  fc.assert(
    fc.property(planArbitrary.filter(namesItsAccount), (plan) => {
      const once = importOf(plan).plan;
      expect(importOf(once).differences).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
