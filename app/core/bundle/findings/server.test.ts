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
