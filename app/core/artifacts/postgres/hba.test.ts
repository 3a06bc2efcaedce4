import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../access/decide.ts';
import { deriveAccess } from '../../access/derive.ts';
import { firstMatch } from '../../access/match.ts';
import { addressText, firstHost } from '../../net/prefix.ts';
import { prefixes } from '../../plan/ways.ts';
import { fileRules } from '../../postgres/hba/file-rules.ts';
import { parseHba } from '../../postgres/hba/hba.ts';
import { release } from '../../postgres/release.ts';
import { planArbitrary } from '../../testing/plan-arbitrary.ts';
import { renderFile } from '../render.ts';
import { hbaFile } from './hba.ts';

const contentOf = (model: ReturnType<typeof deriveAccess>): string =>
  hbaFile
    .render(model)
    .map((file) => renderFile(file).content)
    .join('');

test('the file of any plan is taken whole by its major, one record a grant', () => {
  fc.assert(
    fc.property(planArbitrary, (plan) => {
      const { major } = release(plan.server.major);
      const model = deriveAccess(plan);
      const rows = fileRules(contentOf(model), { major });
      expect(rows.filter(({ type, error }) => type === null || error !== null)).toEqual([]);
      expect(rows).toHaveLength(model.grants.length);
    }),
  );
});

test('the file catches every connection in the grant that the model says', () => {
  const planAndConnection = planArbitrary.chain((plan) => {
    const addresses = prefixes(['192.0.2.9', '2001:db8:ff::9', ...plan.clients.flatMap(({ sources }) => sources)]);
    const databases = plan.clients.flatMap(({ databases: list }) => (list === 'all' ? [] : list));
    return fc.record({
      plan: fc.constant(plan),
      address: fc.constantFrom(...addresses.map(firstHost)),
      encryption: fc.constantFrom('none', 'tls'),
      database: fc.constantFrom('postgres', 'all', 'xall', ...databases),
      role: fc.constantFrom('stranger', 'all', plan.server.superuser, ...plan.clients.flatMap(({ roles }) => roles)),
      replication: fc.boolean(),
    });
  });
  fc.assert(
    fc.property(planAndConnection, ({ plan, ...attempt }) => {
      const model = deriveAccess(plan);
      const { major } = release(plan.server.major);
      const hba = parseHba(contentOf(model), { major });
      const connection = {
        ...attempt,
        transport: 'tcp',
        address: addressText(attempt.address),
        user: attempt.role,
        roles: [],
      } as const;
      const decision = decide(hba, connection);
      const grant = firstMatch(model.grants, attempt);
      if (decision.outcome === 'no-entry') expect(grant).toBeUndefined();
      else
        expect(hba.records.findIndex(({ line }) => line === decision.line)).toBe(
          grant ? model.grants.indexOf(grant) : -1,
        );
    }),
    { numRuns: 1000 },
  );
});
