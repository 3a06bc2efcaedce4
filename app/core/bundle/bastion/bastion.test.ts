import { expect, test } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../index.ts';
import type { BastionNetwork } from '../../plan/schema.ts';

function plan(changes: Partial<BastionNetwork> = {}): Plan {
  const start = defaultPlan('bastion');
  if (start.network.pattern !== 'bastion') throw new Error('the default of bastion is a bastion');
  return { ...start, network: { ...start.network, ...changes } };
}

const SSHD = 'bastion/sshd_config.d/50-postern.conf';
const find = (of: Plan, path: string) => generate(of).files.find((file) => file.path === path);
const settings = (of: Plan, path: string) =>
  (find(of, path)?.content ?? '')
    .split('\n')
    .flatMap((line) => (line.trim() === '' || line.startsWith('#') ? [] : [line.trim()]));

test('users and groups each have their own block, because a Match requires all of its criteria', () => {
  const matches = settings(plan({ users: ['alice', 'bob'], groups: ['dbusers'] }), SSHD).filter((line) =>
    line.startsWith('Match'),
  );
  expect(matches).toEqual(['Match User alice,bob', 'Match Group dbusers', 'Match all']);
});

test('every block permits the forward to the database and disables everything else', () => {
  const lines = settings(plan({ users: ['alice'], groups: ['dbusers'] }), SSHD);
  const user = lines.slice(lines.indexOf('Match User alice') + 1, lines.indexOf('Match Group dbusers'));
  const group = lines.slice(lines.indexOf('Match Group dbusers') + 1, lines.indexOf('Match all'));
  expect(group).toEqual(user);
  expect(user).toEqual(
    expect.arrayContaining([
      'AllowTcpForwarding local',
      'PermitListen none',
      'GatewayPorts no',
      'AllowStreamLocalForwarding no',
      'AllowAgentForwarding no',
      'X11Forwarding no',
      'PermitTunnel no',
      'MaxSessions 0',
      'PermitTTY no',
      'ForceCommand /usr/sbin/nologin',
      'PasswordAuthentication no',
    ]),
  );
});

test('the permitted targets have every spelling that a client may request, IPv6 in brackets', () => {
  const start = plan({ alsoReaches: ['reports.example.com', 'fd00:0:0:2:0::11'] });
  const [permitted] = settings(start, SSHD).filter((line) => line.startsWith('PermitOpen'));
  expect(permitted?.split(' ').slice(1)).toEqual([
    'db.example.com:5432',
    '10.0.2.10:5432',
    '[fd00:0:0:2::10]:5432',
    'reports.example.com:5432',
    '[fd00:0:0:2:0::11]:5432',
    '[fd00:0:0:2::11]:5432',
  ]);
});

test('without users and groups there is no Match, which would apply to nobody or to everyone', () => {
  expect(find(plan({ users: [], groups: [] }), SSHD)).toBeUndefined();
});

test("a client's forward goes to a target that the bastion permits", () => {
  const forwards = settings(plan({ alsoReaches: ['reports.example.com'] }), 'clients/ssh_config').filter((line) =>
    line.startsWith('LocalForward'),
  );
  expect(forwards).toEqual([
    'LocalForward 127.0.0.1:15432 10.0.2.10:5432',
    'LocalForward 127.0.0.1:15433 reports.example.com:5432',
  ]);
  const permitted =
    settings(plan({ alsoReaches: ['reports.example.com'] }), SSHD).find((line) => line.startsWith('PermitOpen')) ?? '';
  for (const forward of forwards) expect(permitted.split(' ')).toContain(forward.split(' ')[2]);
});

test('administrators get the ProxyJump through the bastion only if it is their access path', () => {
  expect(settings(plan(), 'your-machine/ssh_config')).toContain('ProxyJump postern-server-bastion');
  const direct = plan();
  direct.administration.people = direct.administration.people.map((person) => ({ ...person, path: 'ssh' }));
  expect(find(direct, 'your-machine/ssh_config')).toBeUndefined();
});
