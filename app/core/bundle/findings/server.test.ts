import { describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../index.ts';

function plan(rules: Plan['server']['rules'], kind: Plan['firewall']['kind']): Plan {
  const start = defaultPlan('direct');
  return { ...start, server: { ...start.server, rules }, firewall: { ...start.firewall, kind } };
}
const ids = (of: Plan): string[] => generate(of).findings.map(({ id }) => id);
const readme = (of: Plan): string => generate(of).files.find(({ path }) => path === 'README.md')?.content ?? '';

describe('a plan that keeps the existing rules of pg_hba.conf', () => {
  it('warns that its firewall still cuts off their remote clients', () => {
    expect(ids(plan('merge', 'ufw'))).toContain('rules-merged-firewall');
    expect(ids(plan('merge', 'none'))).not.toContain('rules-merged-firewall');
    expect(ids(plan('replace', 'ufw'))).not.toContain('rules-merged-firewall');
  });

  it('does not claim in the README that everyone else is rejected', () => {
    expect(readme(plan('replace', 'ufw'))).toContain('Everyone else is rejected');
    expect(readme(plan('merge', 'ufw'))).not.toContain('Everyone else is rejected');
    expect(readme(plan('merge', 'ufw'))).toContain(
      'The existing rules of pg_hba.conf on the database server stay in force',
    );
  });
});

describe('a version near or past its end of life', () => {
  const of = (major: number) => {
    const start = defaultPlan('direct');
    return generate({ ...start, server: { ...start.server, major } }).findings.filter(({ id }) =>
      id.startsWith('release-'),
    );
  };

  it('is reported with the day and the upgrade', () => {
    expect(of(14)).toMatchObject([{ id: 'release-unsupported', severity: 'medium', path: 'server.major' }]);
    expect(of(15)).toMatchObject([{ id: 'release-ends-soon', severity: 'low', path: 'server.major' }]);
    expect(JSON.stringify(of(14))).toContain('2026-11-12');
    expect(JSON.stringify(of(15))).toContain('2027-11-11');
    expect(JSON.stringify(of(15))).toContain('PostgreSQL 19');
  });

  it('is not reported while fixes come for more than a year', () => expect([16, 17, 18, 19].flatMap(of)).toEqual([]));
});
