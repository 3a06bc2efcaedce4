import { expect, test } from 'vitest';
import { type Client, defaultClient, defaultPlan, deriveAccess, type Plan, parsePlan } from '../../../../core/index.ts';
import { type Drawing, draw, type Edge } from './layout.ts';

function drawn(plan: Plan): Drawing {
  const parsed = parsePlan(plan);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return draw(deriveAccess(parsed.value), true);
}

const client = (via: Client['via'], name: string, sources: string[], more: Partial<Client> = {}): Client => ({
  ...defaultClient(via),
  name,
  roles: [name],
  sources,
  ...more,
});

/** A plan with clients through the bastion and others directly, and one with clients at peers of a tunnel. */
function bastionPlan(proxy: 'none' | 'pgbouncer' | 'haproxy'): Plan {
  const plan = defaultPlan('bastion');
  if (plan.network.pattern !== 'bastion') throw new Error('the default of bastion is one');
  const of = {
    none: { kind: 'none' },
    pgbouncer: { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pgbouncer' },
    haproxy: { kind: 'haproxy', port: 5433 },
  } as const;
  return {
    ...plan,
    network: { ...plan.network, proxy: of[proxy] },
    clients: [client('private', 'jobs', ['10.0.1.0/24']), client('bastion', 'web', ['198.51.100.0/28'])],
  };
}

function vpnPlan(): Plan {
  const plan = defaultPlan('vpn');
  if (plan.network.pattern !== 'vpn') throw new Error('the default of vpn is one');
  const [peer] = plan.network.peers;
  if (!peer) throw new Error('the default of vpn has a peer');
  return {
    ...plan,
    network: {
      ...plan.network,
      peers: [peer, { ...peer, name: 'Hamburg', addresses: ['10.8.0.3'], networks: ['192.168.10.0/24'] }],
    },
    clients: [client('vpn', 'laptops', ['10.8.0.2']), client('vpn', 'erp', ['192.168.10.0/24'])],
  };
}

/** The machines that a line passes behind on its straight part. */
const behind = ({ nodes }: Drawing, { from, to, d }: Edge) => {
  const y = Number(/^M\S+ (\S+)H/.exec(d)?.[1]);
  return nodes.filter(
    (node) =>
      node !== from && node !== to && node.x > from.x && node.x < to.x && y > node.y && y < node.y + node.height,
  );
};

test.each(['none', 'pgbouncer', 'haproxy'] as const)('with %s on the bastion no line runs behind it', (proxy) => {
  const drawing = drawn(bastionPlan(proxy));
  for (const edge of drawing.edges) expect(behind(drawing, edge).map(({ id }) => id)).toEqual([]);
  const ends = drawing.edges.map(({ end }) => `${end.x} ${end.y}`);
  expect(new Set(ends).size, 'each line ends at a place of its own').toBe(ends.length);
});

test('the machine that PostgreSQL sees shows its address there, whatever passes through it', () => {
  for (const proxy of ['none', 'pgbouncer', 'haproxy'] as const) {
    const bastion = drawn(bastionPlan(proxy)).nodes.find(({ role }) => role === 'bastion');
    expect(bastion?.seenAs).toEqual(['10.0.2.5', 'fd00:0:0:2::5']);
  }
});

test('a client of a tunnel is drawn at its peer', () => {
  const { nodes } = drawn(vpnPlan());
  expect(nodes.find(({ title }) => title === 'laptops')?.peers).toEqual(['laptop']);
  expect(nodes.find(({ title }) => title === 'erp')?.peers).toEqual(['Hamburg']);
});

test('replicas are drawn with the source of their data, and their clients reach each of them', () => {
  const plan = defaultPlan('private');
  if (plan.network.pattern !== 'private') throw new Error('the default of private is one');
  const { nodes, edges } = drawn({
    ...plan,
    network: {
      ...plan.network,
      replicas: [1, 2].map((n) => ({ name: `r${n}.example.com`, addresses: [`10.0.2.1${n}`] })),
    },
    clients: [...plan.clients, client('private', 'reports', ['10.0.3.0/24'], { endpoint: 'replica' })],
  });
  const replicas = nodes.filter(({ role }) => role === 'replica');
  expect(replicas.map(({ streams }) => streams)).toEqual([true, true]);
  const reached = edges.filter(({ from }) => from.title === 'reports');
  expect(reached.map(({ to }) => to.title)).toEqual(['r1.example.com', 'r2.example.com']);
  expect(reached.filter(({ label }) => label !== null)).toHaveLength(1);
});

test('the cloud is drawn in front of the machine if the plan has one', () => {
  const cloud: Plan['cloud'] = {
    provider: 'azure',
    format: 'cli',
    resourceGroup: 'shop',
    location: 'westeurope',
    groupName: 'db',
    firstPriority: 1000,
    sources: null,
  };
  expect(drawn({ ...bastionPlan('none'), cloud }).wall.lines.map(({ by }) => by)).toEqual(['cloud', 'machine']);
  expect(drawn(bastionPlan('none')).wall.lines.map(({ by }) => by)).toEqual(['machine']);
});

test.each([
  [['0.0.0.0/0'], [4]],
  [['::/0'], [6]],
  [
    ['192.0.2.0/24', '0.0.0.0/0', '::/0'],
    [4, 6],
  ],
  [['192.0.2.0/24'], []],
])('a client from %j leaves nobody to reject in the families %j, and is shown as the world', (sources, open) => {
  const plan = defaultPlan('direct');
  const drawing = drawn({ ...plan, clients: [client('public', 'app', sources)] });
  expect(drawing.open).toEqual(open);
  const node = drawing.nodes.find(({ title }) => title === 'app');
  expect(node?.kind).toBe(open.length > 0 ? 'world' : 'network');
  expect(node?.addresses[0]).toMatch(open.length > 0 ? /\/0$/ : /\/24$/);
});

test('SSH from everywhere does not open the database', () => {
  const plan = defaultPlan('direct');
  const people = [{ name: 'admin', sources: ['0.0.0.0/0', '::/0'], path: 'ssh' as const }];
  expect(drawn({ ...plan, administration: { ...plan.administration, people } }).open).toEqual([]);
});
