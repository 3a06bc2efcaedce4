import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Peer, type Plan } from '../../../app/core/index.ts';
import { pointsOf } from '../harness/amount.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { valid } from '../harness/plans.ts';
import { areGolden } from './golden.ts';

const software = {
  kind: 'azure',
  format: 'cli',
  resourceGroup: 'shop',
  location: 'westeurope',
  virtualNetwork: 'shop-network',
  gatewaySubnet: '10.0.255.0/27',
} as const;

const site = (name: string, index: number, host: string): Peer => ({
  name,
  addresses: [`10.8.0.${index + 2}`],
  networks: [`192.168.${index}.0/24`],
  endpoint: { host, port: 500 },
  publicKey: null,
});

const hostile = "o'hara $(touch /tmp/postern-pwned) \x24{x}";
const before = [site('office', 5, '198.51.100.9'), site(hostile, 6, 'branch.example.com')];
const after = [site('office', 5, '198.51.100.10'), site('warehouse', 7, '192.0.2.4')];

function planWith(peers: Peer[], format: 'cli' | 'bicep' = 'cli'): Plan {
  const start = defaultPlan('vpn');
  if (start.network.pattern !== 'vpn') throw new Error('the default of vpn is a vpn');
  return valid(
    {
      ...start,
      server: { ...start.server, addresses: { public: [], private: ['10.0.2.10', 'fd00:0:0:2::10'], vpn: [] } },
      network: {
        ...start.network,
        software: { ...software, format },
        tunnel: ['10.8.0.0/24'],
        gateway: { ...start.network.gateway, placement: 'separate', endpoint: '203.0.113.77', port: 500 },
        peers,
      },
      clients: start.clients.map((client) => ({ ...client, sources: peers.flatMap(({ networks }) => networks) })),
    },
    'a plan of the gateway of Azure',
  );
}

interface Account {
  readonly resourceGroup: string;
  readonly network: string;
  readonly subnets: readonly { name: string; prefix: string }[];
  readonly addresses: readonly { name: string }[];
  readonly gateways: readonly { name: string }[];
  readonly locals: readonly { name: string; host: string; prefixes: readonly string[] }[];
  readonly connections: readonly { name: string; key: string; policies: readonly string[] }[];
  readonly calls: number;
  readonly breaksAt: number;
}

const empty: Account = {
  resourceGroup: 'shop',
  network: 'shop-network',
  subnets: [{ name: 'default', prefix: '10.0.2.0/24' }],
  addresses: [{ name: 'other' }],
  gateways: [],
  locals: [],
  connections: [],
  calls: 0,
  breaksAt: -1,
};

const key = (letter: string) => `${letter.repeat(43)}=`;

/** A new account, with the fake program first in the PATH. */
function stage(start: Account = empty) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-azure-vpn-'));
  const file = join(folder, 'account.json');
  writeFileSync(file, JSON.stringify(start));
  mkdirSync(join(folder, 'bin'));
  copyFileSync(new URL('./azure-vpn-account.mjs', import.meta.url), join(folder, 'bin', 'az'));
  chmodSync(join(folder, 'bin', 'az'), 0o755);
  writeFileSync(join(folder, 'bin', 'package.json'), '{"type":"module"}');
  const account = (): Account => JSON.parse(readFileSync(file, 'utf8'));
  return {
    account,
    change: (to: Partial<Account>) => writeFileSync(file, JSON.stringify({ ...account(), ...to })),
    use: (script: string, keys: readonly string[]) => {
      const path = join(folder, 'script.sh');
      writeFileSync(path, script);
      return run('bash', [path], {
        env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, CLOUD_ACCOUNT: file },
        input: keys.map((one) => `${one}\n`).join(''),
      });
    },
  };
}

const scripts = (plan: Plan) => {
  const { files } = generate(plan);
  const at = (ending: string) => fileAt(files, `your-machine/cloud/vpn-gateway${ending}.sh`).content;
  return { apply: at(''), undo: at('-undo') };
};

/** What of the account the plan is about. */
const state = ({ subnets, addresses, gateways, locals, connections }: Account) => ({
  subnets,
  addresses: addresses.map(({ name }) => name),
  gateways: gateways.map(({ name }) => name),
  locals,
  connections: connections.map(({ key: secret, policies }) => [secret, ...policies]).sort(),
});

const policy = 'AES256 SHA384 ECP384 GCMAES256 GCMAES256 ECP384';

describe('the gateway of Azure by its CLI, run against an account', () => {
  const one = scripts(planWith(before));
  const two = scripts(planWith(after));

  it('creates what the plan requires, changes nothing when it runs again, follows the plan, and undoes itself', async () => {
    const { account, use } = stage();
    let ran = 0;
    const must0 = async (script: string, keys: readonly string[]) => {
      ran += 1;
      const ended = await use(script, keys);
      expect([ended.code, ended.stderr]).toEqual([0, expect.not.stringContaining('unknown')]);
      return ended.stdout;
    };
    expect(await must0(one.apply, ['letmein', key('a'), key('b')])).toContain('203.0.113.77');
    const made = state(account());
    expect(made.subnets).toContainEqual({ name: 'GatewaySubnet', prefix: '10.0.255.0/27' });
    expect(made.locals.map(({ host, prefixes }) => [host, ...prefixes])).toEqual([
      ['198.51.100.9', '10.8.0.7/32', '192.168.5.0/24'],
      ['branch.example.com', '10.8.0.8/32', '192.168.6.0/24'],
    ]);
    expect(made.connections).toEqual([
      [key('a'), policy],
      [key('b'), policy],
    ]);
    await must0(one.apply, []);
    expect(state(account())).toEqual(made);
    await must0(two.apply, [key('c')]);
    expect(state(account()).locals.map(({ host }) => host)).toEqual(['198.51.100.10', '192.0.2.4']);
    expect(state(account()).connections).toEqual([
      [key('a'), policy],
      [key('c'), policy],
    ]);
    await must0(two.undo, []);
    expect(state(account())).toEqual({
      ...state(empty),
      subnets: [...empty.subnets, { name: 'GatewaySubnet', prefix: '10.0.255.0/27' }],
    });
    await must0(two.undo, []);
    expect(`${one.apply}${one.undo}`).not.toMatch(/[A-Za-z0-9+/]{43}=/);
    conforms({
      target: 'Azure VPN Gateway, CLI',
      files: ['vpn-gateway.sh', 'vpn-gateway-undo.sh'],
      judgedBy: 'bash, with an account in place of the cloud that answers as its documentation says',
      tried: 'runs: new, again, changed, undone',
      plans: 2,
      cases: ran,
      notCovered: 'the cloud itself, and a tunnel to it',
    });
  });

  it('may fail at any call: running it again completes it', async () => {
    const whole = stage();
    await whole.use(one.apply, [key('a'), key('b')]);
    const expected = state(whole.account());
    const calls = whole.account().calls;
    expect(calls).toBeGreaterThan(10);
    for (const point of pointsOf(calls, 8)) {
      const { account, change, use } = stage();
      change({ breaksAt: point });
      expect([point, (await use(one.apply, [key('a'), key('b')])).code === 0]).toEqual([point, false]);
      change({ breaksAt: -1 });
      const there = account().connections.length;
      expect((await use(one.apply, [key('a'), key('b')].slice(there))).code, `broken at ${point}`).toBe(0);
      expect(state(account())).toEqual(expected);
    }
  });

  it('stops if the network has another gateway, and if no key is given', async () => {
    const theirs = stage({ ...empty, gateways: [{ name: 'theirs' }] });
    expect((await theirs.use(one.apply, [key('a'), key('b')])).code).not.toBe(0);
    expect(state(theirs.account()).gateways).toEqual(['theirs']);
    const unsaid = stage();
    expect((await unsaid.use(one.apply, ['', '', ''])).code).not.toBe(0);
    expect(unsaid.account().connections).toEqual([]);
  });
});

const bicepFile = (plan: Plan) => fileAt(generate(plan).files, 'your-machine/cloud/vpn-gateway.bicep').content;

areGolden('azure-vpn', 'azure-vpn.test.ts', {
  'sites.bicep': bicepFile(planWith(before, 'bicep')),
  'one.bicep': bicepFile(planWith(after.slice(1), 'bicep')),
});

it('the keys of Bicep are secure parameters without a default, and every brace and bracket is closed', () => {
  const text = bicepFile(planWith(before, 'bicep'));
  expect(text.match(/^@secure\(\)\nparam site\dKey string$/gm)).toHaveLength(2);
  expect(text.match(/sharedKey: .*/g)).toEqual(['sharedKey: site1Key', 'sharedKey: site2Key']);
  const code = text.replace(/^\s*\/\/.*$/gm, '').replace(/'(?:[^'\\]|\\.)*'/g, "''");
  expect(code).not.toMatch(/\$\{/);
  const open: string[] = [];
  for (const character of code) {
    if ('{[('.includes(character)) open.push(character);
    if ('}])'.includes(character)) expect(open.pop()).toBe({ '}': '{', ']': '[', ')': '(' }[character]);
  }
  expect(open).toEqual([]);
  expect(must('sh', ['-c', 'ls /tmp/postern-pwned 2>/dev/null || true'])).toBe('');
  conforms({
    target: 'Azure VPN Gateway, Bicep',
    files: ['vpn-gateway.bicep'],
    judgedBy: 'files that a person reviewed, byte by byte',
    tried: 'two plans, hostile names in them',
    plans: 2,
    cases: 2,
    notCovered: 'the compiler, the cloud itself',
  });
});
