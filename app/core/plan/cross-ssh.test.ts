import { expect, test } from 'vitest';
import { defaultPlan, generate, type Plan, parsePlan, redact } from '../index.ts';
import type { BastionNetwork } from './schema.ts';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPKlChGbwOfrys7Xm4I35pPNYVIoznzkAeuHKEYKEY00';

function plan(changes: Partial<BastionNetwork>): Plan {
  const start = defaultPlan('bastion');
  if (start.network.pattern !== 'bastion') throw new Error('the default of bastion is a bastion');
  return { ...start, network: { ...start.network, ...changes } };
}

const refusedAt = (of: Plan): string[] => {
  const parsed = parsePlan(of);
  return parsed.ok ? [] : parsed.issues.map(({ path }) => [path].flat().join('.'));
};
const paths = (of: Plan) => generate(of).files.map(({ path }) => path);

test('a service requires a pinned key, and certificates and the service require a user', () => {
  const ssh = { hostKeys: [key], authority: true, service: true };
  expect(refusedAt(plan({ ssh }))).toEqual([]);
  expect(refusedAt(plan({ ssh: { ...ssh, hostKeys: [] } }))).toEqual(['network.ssh.service']);
  expect(refusedAt(plan({ ssh, users: [], groups: [] }))).toEqual(['network.ssh.authority', 'network.ssh.service']);
});

test('a host key that is cut, has a comment or is of another type than stated is rejected at its path', () => {
  const wrong = [
    key.slice(0, -4),
    `${key} root@bastion`,
    key.replace('ssh-ed25519', 'ssh-rsa'),
    `* ${key}`,
    `@revoked ${key}`,
  ];
  for (const hostKey of wrong)
    expect(refusedAt(plan({ ssh: { hostKeys: [hostKey], authority: false, service: false } })), hostKey).toEqual([
      'network.ssh.hostKeys.0',
    ]);
});

test('each answer adds its files, and none exists without it', () => {
  const none = paths(plan({}));
  expect(none.filter((path) => /known_hosts|authority|postern-tunnel/.test(path))).toEqual([]);
  const all = paths(plan({ ssh: { hostKeys: [key], authority: true, service: true } }));
  expect(all).toEqual(
    expect.arrayContaining([
      'your-machine/ssh-authority.sh',
      'clients/postern_known_hosts',
      'clients/postern-tunnel/postern-tunnel.service',
      'clients/postern-tunnel/install-tunnel.sh',
      'clients/postern-tunnel/tunnel-undo.sh',
      'bastion/host-keys.sh',
      'bastion/install-sshd.sh',
      'bastion/sshd-undo.sh',
    ]),
  );
});

test('without a pinned key a finding says what to do at the first connection; with one there is no finding', () => {
  const ids = (of: Plan) => generate(of).findings.map(({ id }) => id);
  expect(ids(plan({}))).toContain('ssh-host-keys');
  expect(ids(plan({ ssh: { hostKeys: [key], authority: false, service: false } }))).not.toContain('ssh-host-keys');
});

test('a plan without the names of real machines pins no real key, and is still valid', () => {
  const told = redact(plan({ ssh: { hostKeys: [key], authority: false, service: true } }));
  expect(refusedAt(told)).toEqual([]);
  expect(JSON.stringify(told)).not.toContain(key);
});
