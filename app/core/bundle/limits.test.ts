import { describe, expect, test } from 'vitest';
import { deriveAccess, generate, type Plan, parsePlan } from '../index.ts';
import { SIZES } from '../plan/size.ts';
import { cornerPlan, type Dimension, type Start, starts } from '../testing/corner-plans.ts';
import { LISTED } from './findings/finding.ts';

/**
 * Limits on the output of a valid plan, in figures that are the same on every machine: rules, findings, and bytes of
 * all files together.
 */
const MOST = {
  /** A TLS rule may be followed by a reject of unencrypted connections; some rules are the plan's own. */
  rules: 2 * SIZES.rules + 50,
  findings: 12 * LISTED,
  bytes: 16_000_000,
};

/**
 * One in this many pairs is tested, others at each start; `CORNERS=all npx vitest run app/core/bundle/limits` tests
 * all.
 */
const EVERY = process.env.CORNERS === 'all' ? 1 : 47;

const pairs = ({ dimensions }: Start): (readonly Dimension[])[] =>
  dimensions.flatMap((one, index) => dimensions.slice(index).map((other) => (one === other ? [one] : [one, other])));

/** The plan with these lists as long as validation allows, and how often it was rejected for another reason. */
function largest(start: Start, driven: readonly Dimension[]): { plan: Plan | undefined; refusals: readonly string[] } {
  let [low, high] = [0, 2];
  let plan: Plan | undefined;
  const refusals = new Set<string>();
  for (let step = 0; step < 8; step++) {
    const share = (low + high) / 2;
    const parsed = parsePlan(cornerPlan(start, driven, share));
    if (parsed.ok) {
      plan = parsed.value;
      if (share === 1) break;
      low = share;
    } else {
      for (const { id } of parsed.issues) refusals.add(id);
      high = share;
    }
  }
  return { plan, refusals: [...refusals] };
}

describe('a plan at a corner of the valid range', () => {
  test.each(starts.map((start, index) => [start.name, start, index] as const))('%s', (_, start, at) => {
    const tried = pairs(start).filter((_pair, index) => index % EVERY === at % EVERY);
    for (const driven of tried) {
      const corner = driven.map(({ name }) => name).join(' × ');
      const { plan, refusals } = largest(start, driven);
      // PgBouncer supports only one method.
      const others = refusals.filter((id) => !/^size\.|^plan\.(tooLarge|moreIssues)$|^pgbouncer\.method$/.test(id));
      expect(others, corner).toEqual([]);
      if (plan === undefined) {
        expect(refusals, corner).toContain('pgbouncer.method');
        continue;
      }
      const { hbaEntries, replicaHbaEntries } = deriveAccess(plan);
      const { files, findings } = generate(plan);
      expect(hbaEntries.length, corner).toBeLessThan(MOST.rules);
      expect(replicaHbaEntries.length, corner).toBeLessThan(MOST.rules);
      expect(findings.length, corner).toBeLessThan(MOST.findings);
      const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
      expect(bytes, corner).toBeLessThan(MOST.bytes);
    }
  });
});
