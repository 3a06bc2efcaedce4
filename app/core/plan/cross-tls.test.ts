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

describe('key exchange groups', () => {
  test.each(MAJORS)('one curve is accepted by %i, under the name of its setting', (major) => {
    const of = plan(major, { groups: 'secp384r1' });
    expect(refusals(of)).toEqual([]);
    expect(settings(of)).toContain(major >= 18 ? "ssl_groups = 'secp384r1'" : "ssl_ecdh_curve = 'secp384r1'");
    expect(settings(of)).not.toContain(major >= 18 ? 'ssl_ecdh_curve =' : 'ssl_groups =');
  });

  test('a list is accepted since 18, and rejected before with the major and one curve as the fix', () => {
    expect(refusals(plan(18, { groups: 'X25519:secp384r1' }))).toEqual([]);
    expect(refusals(plan(17, { groups: 'X25519:secp384r1' }))).toEqual([
      expect.stringMatching(/^security\.groups: .*PostgreSQL 17 accepts one curve.*Write secp384r1/),
    ]);
  });

  test('a name that only newer servers know is rejected before 18, and an alias of a curve gets its supported name', () => {
    expect(refusals(plan(16, { groups: 'X25519' }))).toEqual([
      expect.stringContaining('PostgreSQL 16 does not accept'),
    ]);
    expect(refusals(plan(16, { groups: 'P-384' }))).toEqual([expect.stringContaining('Write secp384r1')]);
  });
});

describe('direct TLS', () => {
  test('is rejected below 17 with the major, and for no other reason', () => {
    expect(refusals(plan(16, { directTls: true }))).toEqual([
      expect.stringMatching(/^security\.directTls: PostgreSQL 16 /),
    ]);
    expect(refusals(plan(17, { directTls: true }))).toEqual([]);
  });

  test('is written in the syntax of each driver', () => {
    const strings = file(plan(18, { directTls: true }), 'clients/connection-strings.md');
    expect(strings).toContain('sslmode=verify-full sslnegotiation=direct channel_binding');
    expect(strings).toContain('sslmode=verify-full&sslNegotiation=direct');
    expect(strings).toContain("sslnegotiation: 'direct'");
    expect(strings).toContain('SSL Mode=VerifyFull;SSL Negotiation=Direct');
    expect(strings).toMatch(/^postgres:.*&sslnegotiation=direct/m);
    expect(file(plan(18, { directTls: true }), 'clients/pg_service.conf')).toContain('\nsslnegotiation=direct\n');
    expect(file(plan(18, {}), 'clients/connection-strings.md').toLowerCase()).not.toContain('sslnegotiation');
  });

  test('is not required of PgBouncer, which may be too old for it', () => {
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

test("where the system's trust store is the CA, the alternative for an older libpq is stated", () => {
  const strings = file(plan(18, { certificate: { source: 'lets-encrypt' } }), 'clients/connection-strings.md');
  expect(strings).toContain('sslrootcert=system');
  expect(strings).toContain('/etc/ssl/certs/ca-certificates.crt');
  expect(file(plan(18, { certificate: { source: 'lets-encrypt' } }), 'clients/verify.sh')).toContain(`"$roots"`);
});
