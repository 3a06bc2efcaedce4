import { describe, expect, test } from 'vitest';
import { defaultPlan } from '../../plan/defaults.ts';
import type { Client, Pattern, Plan } from '../../plan/schema.ts';
import { PLATFORMS } from '../../postgres/platform.ts';
import { generate } from '../generate.ts';

const DN = 'cn=reader,dc=example,dc=com';

function planOf(bindDn: string | null, changes: Partial<Plan['server']> = {}, pattern: Pattern = 'direct'): Plan {
  const plan = defaultPlan(pattern);
  const auth: Client['auth'] = {
    method: 'ldap',
    server: 'LDAP.example.com',
    port: 636,
    tls: 'ldaps',
    bind: { kind: 'search', baseDn: 'dc=example,dc=com', attribute: 'uid', bindDn },
  };
  return {
    ...plan,
    server: { ...plan.server, ...changes },
    clients: plan.clients.map((client) => ({ ...client, auth })),
  };
}

const contentOf = (plan: Plan, path: string): string | undefined =>
  generate(plan).files.find((file) => file.path === path)?.content;

describe('the password of a bind DN', () => {
  test.each(PLATFORMS)('is in a file that pg_hba.conf names: %s', (platform) => {
    const inside = platform === 'docker' || platform === 'windows';
    const rules = contentOf(planOf(DN, { platform }), 'database-server/pg_hba.conf');
    expect(rules).toContain(`ldapbinddn="${DN}" @${inside ? '' : '/etc/'}postern-ldap/main/ldap.example.com\n`);
    expect(rules).not.toContain('ldapbindpasswd');
  });

  test('is requested by a step before the check of the machine', () => {
    const guide = contentOf(planOf(DN), 'README.md') ?? '';
    const [step, check] = [
      'sudo bash database-server/enter-ldap-password.sh',
      'sudo bash database-server/apply.sh --check',
    ];
    expect(guide.indexOf(step)).toBeGreaterThan(0);
    expect(guide.indexOf(check)).toBeGreaterThan(guide.indexOf(step));
    expect(guide).toContain('sudo rm -f /etc/postern-ldap/main/ldap.example.com');
  });

  test('is entered by hand on Windows, before pg_hba.conf is installed', () => {
    const plan = planOf(DN, { platform: 'windows' });
    const guide = contentOf(plan, 'README.md') ?? '';
    const at = guide.indexOf('ldapbindpasswd=');
    expect(at).toBeGreaterThan(0);
    expect(guide).toMatch(/data\\+postern-ldap\\+main\\+ldap.example.com/);
    expect(guide.indexOf("Copy-Item 'database-server\\pg_hba.conf'")).toBeGreaterThan(at);
    expect(contentOf(plan, 'database-server/enter-ldap-password.sh')).toBeUndefined();
  });

  test('is needed by no plan that searches anonymously, which is a finding', () => {
    const ids = (plan: Plan) => generate(plan).findings.map(({ id }) => id);
    expect(contentOf(planOf(null), 'database-server/enter-ldap-password.sh')).toBeUndefined();
    expect(contentOf(planOf(null), 'database-server/pg_hba.conf')).not.toContain('postern-ldap');
    expect(ids(planOf(null))).toContain('ldap-anonymous');
    expect(ids(planOf(DN))).not.toContain('ldap-anonymous');
  });

  test('is entered on the machines whose rules need it', () => {
    const start = planOf(DN, {}, 'private');
    if (start.network.pattern !== 'private') throw new Error('the default has the pattern that it was asked for');
    const plan: Plan = {
      ...start,
      network: { ...start.network, replicas: [{ name: 'replica.example.com', addresses: ['10.0.2.11'] }] },
      clients: start.clients.map((client) => ({ ...client, endpoint: 'replica' })),
    };
    const scripts = generate(plan).files.flatMap(({ path, content }) =>
      content.includes('@/etc/postern-ldap/') && path.endsWith('pg_hba.conf') ? [path.replace('pg_hba.conf', '')] : [],
    );
    expect(scripts.some((folder) => folder.startsWith('replicas/'))).toBe(true);
    for (const folder of scripts) expect(contentOf(plan, `${folder}enter-ldap-password.sh`)).toContain(DN);
    for (const folder of scripts)
      expect(contentOf(plan, `${folder}apply.sh`)).toMatch(/^readonly bind_files=.*bind_dns=\('?cn=reader/m);
  });
});
