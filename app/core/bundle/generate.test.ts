import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Plan } from '../index.ts';
import { defaultPlan } from '../plan/defaults.ts';
import { planArbitrary } from '../testing/plan-arbitrary.ts';
import { VERSION } from '../version.ts';
import { generate } from './generate.ts';

const valueAt = (plan: Plan, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      plan,
    );

test('the version in the headers is that of the package', () => expect(VERSION).toBe(packageJson.version));

describe('for any valid plan', () => {
  test('the same plan gives the same bytes, and each file is complete', () => {
    fc.assert(
      fc.property(planArbitrary, (plan) => {
        const bundle = generate(plan);
        expect(generate(structuredClone(plan))).toEqual(bundle);
        expect(new Set(bundle.files.map(({ path }) => path)).size).toBe(bundle.files.length);
        for (const { path, content } of bundle.files) {
          expect(path).toMatch(/^[A-Za-z0-9_./-]+$/);
          expect(path).not.toMatch(/(^|\/)\.\.?(\/|$)|^\//);
          expect(content.endsWith('\n')).toBe(true);
          expect(content).not.toMatch(/[\r\0]|(?<!=> )undefined|NaN|\[object/);
          expect(content.split('\n').slice(0, 2).join(' ')).toContain(`Made by Postern ${VERSION}.`);
        }
      }),
    );
  });

  test('every note is within its file and refers to an answer of the plan', () => {
    fc.assert(
      fc.property(planArbitrary, (plan) => {
        const bundle = generate(plan);
        for (const { path, content, notes } of bundle.files) {
          const lines = content.split('\n').length - 1;
          for (const note of notes) {
            expect(note.from).toBeGreaterThan(0);
            expect(note.to).toBeGreaterThanOrEqual(note.from);
            expect(note.to).toBeLessThanOrEqual(lines);
            expect([path, note.path, valueAt(plan, note.path)]).not.toEqual([path, note.path, undefined]);
            expect(note.message.text).not.toMatch(/\{(?!HOME)\w+\}/);
          }
        }
        for (const finding of bundle.findings) {
          expect([finding.id, valueAt(plan, finding.path ?? '')]).not.toEqual([finding.id, undefined]);
          expect(finding.message + finding.why + finding.fix).not.toMatch(/\{(?!HOME)\w+\}/);
        }
      }),
    );
  });

  test('a comment of pg_hba.conf never ends in a backslash, which since 14 would join it with the next record', () => {
    fc.assert(
      fc.property(planArbitrary, (plan) => {
        const file = generate(plan).files.find(({ path }) => path === 'database-server/pg_hba.conf');
        expect(file?.content).not.toMatch(/\\\n/);
      }),
    );
  });

  test('no name in a comment spans more than one line', () => {
    const plan = defaultPlan('direct');
    const [client] = plan.clients;
    if (!client) throw new Error('the default plan has a client');
    const hostile = { ...plan, clients: [{ ...client, name: 'x\\', roles: ['ends\\'] }] };
    const file = generate(hostile).files.find(({ path }) => path === 'database-server/pg_hba.conf');
    const records = file?.content.split('\n').filter((line) => /^(host|local)/.test(line));
    expect(records?.filter((line) => line.includes('"ends\\"'))).toHaveLength(2);
  });
});

test('the bundle of each pattern has the files that its machines need', () => {
  const paths = (plan: Plan) => generate(plan).files.map(({ path }) => path);
  const everywhere = [
    'README.md',
    'manual-steps.md',
    'certificates.md',
    'your-machine/make-certificates.sh',
    'database-server/conf.d/postern.conf',
    'database-server/alter-system.sql',
    'database-server/pg_hba.conf',
    'database-server/roles.sql',
    'database-server/firewall/ufw.sh',
    'database-server/firewall/ufw-undo.sh',
    'clients/verify.sh',
    'clients/pg_service.conf',
    'clients/connection-strings.md',
  ];
  for (const pattern of ['direct', 'vpn', 'private', 'bastion'] as const)
    expect(paths(defaultPlan(pattern))).toEqual(expect.arrayContaining(everywhere));
  expect(paths(defaultPlan('bastion'))).toEqual(
    expect.arrayContaining(['bastion/sshd_config.d/50-postern.conf', 'clients/ssh_config']),
  );
  expect(paths(defaultPlan('vpn'))).toEqual(
    expect.arrayContaining([
      'database-server/wireguard/postern.conf',
      'vpn-peers/laptop/postern.conf',
      'database-server/postgresql-after-tunnel.conf',
    ]),
  );
});
