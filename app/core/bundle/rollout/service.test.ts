import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultClient, defaultPlan, generate, type Plan, parsePlan } from '../../index.ts';
import { planArbitrary } from '../../testing/plan-arbitrary.ts';
import { LIBPQ_LINE, OLD_LIBPQ_LINE } from './service-lines.ts';

const bytes = (text: string) => new TextEncoder().encode(text).length;
const fileOf = (plan: Plan) =>
  generate(plan)
    .files.find(({ path }) => path === 'clients/pg_service.conf')
    ?.content.trimEnd()
    .split('\n') ?? [];

/**
 * A client that may use one of this many replicas, each with a name of this length, and one with short lines after it.
 */
function withReplicas(count: number, length: number): Plan {
  const start = defaultPlan('private');
  if (start.network.pattern !== 'private') throw new Error('no private network');
  const replicas = Array.from({ length: count }, (_, index) => ({
    name: `${`r${index}`.padEnd(length - 12, 'r').replace(/(.{60})(?=.)/g, '$1.')}`
      .slice(0, length - 12)
      .concat('.example.com'),
    addresses: [`10.0.2.${20 + index}`],
  }));
  const reader = { ...defaultClient('private'), name: 'Reader', sources: ['10.0.1.0/24'], roles: ['reader'] };
  const writer = { ...reader, name: 'Writer', roles: ['writer'], databases: ['shop'] };
  const plan = {
    ...start,
    network: { ...start.network, replicas },
    clients: [{ ...reader, databases: ['shop'], endpoint: 'replica' as const }, writer],
  };
  const parsed = parsePlan(plan);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

const ids = (plan: Plan) =>
  generate(plan)
    .findings.map(({ id }) => id)
    .filter((id) => id.startsWith('service-'));

describe('pg_service.conf', () => {
  test('has no line that libpq cannot read, and every line that old versions can read comes before one that they cannot', () => {
    fc.assert(
      fc.property(planArbitrary, (plan) => {
        const lengths = fileOf(plan).map(bytes);
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(LIBPQ_LINE);
        if (!ids(plan).includes('service-line-newer'))
          expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(OLD_LIBPQ_LINE);
      }),
      { numRuns: 60 },
    );
  });

  test('with a list of hosts that old versions of libpq cannot read puts that service last, and reports it', () => {
    const plan = withReplicas(6, 60);
    const lines = fileOf(plan);
    const first = lines.findIndex((line) => bytes(line) > OLD_LIBPQ_LINE);
    expect(lines.indexOf('[writer]')).toBeGreaterThan(0);
    expect(lines.indexOf('[writer]')).toBeLessThan(first);
    expect(lines.indexOf('[reader]')).toBe(first - 1);
    expect(lines.slice(lines.indexOf('[writer]'), first).join(' ')).toContain('libpq 13 and older stop reading here');
    expect(ids(plan)).toEqual(['service-line-newer']);
  });

  test('leaves out a service that no libpq can read, and reports it', () => {
    const plan = withReplicas(12, 100);
    const lines = fileOf(plan);
    expect(lines.filter((line) => bytes(line) > OLD_LIBPQ_LINE)).toEqual([]);
    expect(lines).toContain('[writer]');
    expect(lines).not.toContain('[reader]');
    expect(lines.join(' ')).toContain('Services left out: 1.');
    expect(ids(plan)).toEqual(['service-line-unread']);
  });

  test('lists every role and database, with any first and last character', () => {
    const start = defaultPlan('direct');
    const names = ['#hash', '[open', 'close]', ';semi', 'a=b', "'quoted'", '"', 'back\\', '$HOME', '日本'];
    const clients = names.map((name) => ({
      ...defaultClient('public'),
      name: `client ${name}`,
      sources: ['198.51.100.0/24'],
      roles: [name],
      databases: [name],
    }));
    const lines = fileOf({ ...start, clients });
    for (const name of names) {
      expect(lines).toContain(`user=${name}`);
      expect(lines).toContain(`dbname=${name}`);
    }
  });
});
