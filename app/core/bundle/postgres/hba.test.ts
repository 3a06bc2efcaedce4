import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Connection, decide } from '../../hba-analysis/decide.ts';
import { deriveAccess } from '../../model/derive.ts';
import { Records, refusal } from '../../model/match.ts';
import { addressText, firstHost } from '../../net/prefix.ts';
import { readingOf } from '../../plan/reading.ts';
import { prefixes } from '../../plan/ways.ts';
import { fileRules } from '../../postgres/hba/file-rules.ts';
import { parseHba } from '../../postgres/hba/hba.ts';
import { release } from '../../postgres/release.ts';
import { planArbitrary } from '../../testing/plan-arbitrary.ts';
import { renderFile } from '../render.ts';
import { hbaFile, writtenEntries } from './hba.ts';

const contentOf = (model: ReturnType<typeof deriveAccess>): string =>
  hbaFile
    .render(model)
    .map((file) => renderFile(file).content)
    .join('');

test('the file of any plan is accepted by its major, one record per entry', () => {
  fc.assert(
    fc.property(planArbitrary, (plan) => {
      const { major } = release(plan.server.major);
      const model = deriveAccess(plan);
      const rows = fileRules(contentOf(model), readingOf(plan, major));
      expect(rows.filter(({ type, error }) => type === null || error !== null)).toEqual([]);
      expect(rows).toHaveLength(writtenEntries(model).length);
    }),
  );
});

test('the first match in the model is that of decide on the generated file, with its message', () => {
  const planAndConnection = planArbitrary.chain((plan) => {
    const addresses = prefixes(['192.0.2.9', '2001:db8:ff::9', ...plan.clients.flatMap(({ sources }) => sources)]);
    const databases = plan.clients.flatMap(({ databases: list }) => (list === 'all' ? [] : list));
    return fc.record({
      plan: fc.constant(plan),
      address: fc.constantFrom(null, ...addresses.map(firstHost)),
      encryption: fc.constantFrom('none', 'tls'),
      database: fc.constantFrom('postgres', 'all', 'xall', ...databases),
      role: fc.constantFrom('stranger', 'all', plan.server.superuser, ...plan.clients.flatMap(({ roles }) => roles)),
      replication: fc.boolean(),
    });
  });
  fc.assert(
    fc.property(planAndConnection, ({ plan, ...attempt }) => {
      const model = deriveAccess(plan);
      const written = writtenEntries(model);
      const { major } = release(plan.server.major);
      const hba = parseHba(contentOf(model), readingOf(plan, major));
      const connection = {
        database: attempt.database,
        replication: attempt.replication,
        ...(attempt.address === null
          ? { transport: 'local', encryption: 'none' }
          : { transport: 'tcp', encryption: attempt.encryption, address: addressText(attempt.address) }),
        user: attempt.role,
        roles: [],
      } as Connection;
      const decision = decide(hba, connection);
      const entry = Records.of(written).firstMatch(attempt);
      const message = refusal(entry, attempt);
      expect(decision.message === undefined).toBe(message === undefined);
      expect(decision.message?.startsWith(message ?? '') ?? true).toBe(true);
      if (decision.outcome === 'no-entry') expect(entry).toBeUndefined();
      else
        expect(hba.records.findIndex(({ line }) => line === decision.line)).toBe(entry ? written.indexOf(entry) : -1);
    }),
    { numRuns: 1000 },
  );
});
