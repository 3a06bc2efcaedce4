import { expect, test } from 'vitest';
import { defaultPlan, generate } from '../../index.ts';

const found = (roles: readonly string[], databases: readonly string[] = ['shop']) => {
  const plan = defaultPlan('direct');
  const clients = plan.clients
    .slice(0, 1)
    .map((client) => ({ ...client, roles: [...roles], databases: [...databases] }));
  return generate({ ...plan, clients })
    .findings.filter(({ id }) => id === 'same-look' || id === 'mixed-alphabets')
    .map(({ id, path }) => [id, path]);
};

test.each([
  ['p\u043estgres', 'a Cyrillic letter', 'mixed-alphabets'],
  ['p\u03bfstgres', 'a Greek letter', 'mixed-alphabets'],
  ['\uff50ostgres', 'a full-width letter', 'same-look'],
  ['\u{1d429}ostgres', 'a mathematical letter', 'same-look'],
])('%s, with %s, is not treated as the superuser', (role, _, id) =>
  expect(found([role])).toEqual([[id, 'clients.0.roles.0']]),
);

test('the same name in two normal forms is two roles', () =>
  expect(found(['jos\u00e9', 'jose\u0301'])).toEqual([['same-look', 'clients.0.roles.1']]));

test('names in one alphabet are fine, and so is a role with the name of its database', () => {
  expect(found(['größe', 'роль', 'Ελληνικά', '数据库', 'クライアント', 'app'], ['app', 'größe'])).toEqual([]);
});

test('the replication role counts too', () => {
  const plan = defaultPlan('private');
  if (plan.network.pattern !== 'private') throw new Error('no private network');
  const replicas = [{ name: 'replica.example.com', addresses: ['10.0.2.11'] }];
  const network = { ...plan.network, replicas, replicationRole: 'replic\u0430tor' };
  expect(generate({ ...plan, network }).findings.map(({ id, path }) => [id, path])).toContainEqual([
    'mixed-alphabets',
    'network.replicationRole',
  ]);
});
