import { describe, expect, test } from 'vitest';
import { defaultPlan, generate, MAJORS, type Plan, parsePlan } from '../index.ts';

function plan(major: number, security: Partial<Plan['security']>): Plan {
  const start = defaultPlan('direct');
  return { ...start, server: { ...start.server, major }, security: { ...start.security, ...security } };
}

const refusals = (of: Plan) => {
  const parsed = parsePlan(of);
  return parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path}: ${message}`);
};
const file = (of: Plan, path: string) => generate(of).files.find((one) => one.path === path)?.content ?? '';
const settings = (of: Plan) => file(of, 'database-server/conf.d/postern.conf');

describe('groups of the key exchange', () => {
  test.each(MAJORS)('one curve is taken by %i, under the name of its setting', (major) => {
    const of = plan(major, { groups: 'secp384r1' });
    expect(refusals(of)).toEqual([]);
    expect(settings(of)).toContain(major >= 18 ? "ssl_groups = 'secp384r1'" : "ssl_ecdh_curve = 'secp384r1'");
    expect(settings(of)).not.toContain(major >= 18 ? 'ssl_ecdh_curve =' : 'ssl_groups =');
  });

  test('a list is taken from 18 on, and refused before with the major and one curve instead', () => {
    expect(refusals(plan(18, { groups: 'X25519:secp384r1' }))).toEqual([]);
    expect(refusals(plan(17, { groups: 'X25519:secp384r1' }))).toEqual([
      expect.stringMatching(/^security\.groups: .*PostgreSQL 17 takes one curve.*Write secp384r1/),
    ]);
  });

  test('a name that only newer servers know is refused before 18, another name of a curve gets the right one', () => {
    expect(refusals(plan(16, { groups: 'X25519' }))).toEqual([expect.stringContaining('PostgreSQL 16 does not take')]);
    expect(refusals(plan(16, { groups: 'P-384' }))).toEqual([expect.stringContaining('Write secp384r1')]);
  });
});

describe('TLS without asking first', () => {
  test('is refused below 17 with the major, and for no other reason', () => {
    expect(refusals(plan(16, { directTls: true }))).toEqual([
      expect.stringMatching(/^security\.directTls: PostgreSQL 16 /),
    ]);
    expect(refusals(plan(17, { directTls: true }))).toEqual([]);
  });

  test('is asked for in the words of each driver', () => {
    const strings = file(plan(18, { directTls: true }), 'clients/connection-strings.md');
    expect(strings).toContain('sslmode=verify-full sslnegotiation=direct channel_binding');
    expect(strings).toContain('sslmode=verify-full&sslNegotiation=direct');
    expect(strings).toContain("sslnegotiation: 'direct'");
    expect(strings).toContain('SSL Mode=VerifyFull;SSL Negotiation=Direct');
    expect(strings).toMatch(/^postgres:.*&sslnegotiation=direct/m);
    expect(file(plan(18, { directTls: true }), 'clients/pg_service.conf')).toContain('\nsslnegotiation=direct\n');
    expect(file(plan(18, {}), 'clients/connection-strings.md').toLowerCase()).not.toContain('sslnegotiation');
  });

  test('is not asked of PgBouncer, which may be too old for it', () => {
    const start = defaultPlan('bastion');
    if (start.network.pattern !== 'bastion') throw new Error('the default of bastion is bastion');
    const proxy = { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pgbouncer' } as const;
    const of: Plan = {
      ...start,
      network: { ...start.network, proxy },
      security: { ...start.security, directTls: true },
    };
    expect(refusals(of)).toEqual([]);
    expect(file(of, 'clients/connection-strings.md')).not.toContain('negotiation');
    expect(generate(of).findings.map(({ id }) => id)).toContain('direct-pooler');
  });
});

test("where the system's trust store is the authority, what an older libpq needs instead is said", () => {
  const strings = file(plan(18, { certificate: { source: 'lets-encrypt' } }), 'clients/connection-strings.md');
  expect(strings).toContain('sslrootcert=system');
  expect(strings).toContain('/etc/ssl/certs/ca-certificates.crt');
  expect(file(plan(18, { certificate: { source: 'lets-encrypt' } }), 'clients/verify.sh')).toContain(`"$roots"`);
});
