import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { generate, type Plan } from '../../../app/core/index.ts';
import { everyCombination } from '../harness/amount.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { ofPrimary, seenAs, serverAddresses, targets } from '../harness/expectations.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { type NamedPlan, namedPlans, valid } from '../harness/plans.ts';
import { holds, inside, outside } from '../harness/prefix.ts';
import { cutWire, type Knock, knock, layWire, listenOn } from '../harness/wire.ts';

/** A port that no plan names. */
const elsewhere = 8089;

const ofTheSameFamily = (source: string, target: string) => source.includes(':') === target.includes(':');

/** Two addresses in a network that are not the server's own, because those are at the other end of the wire. */
const placesIn = (plan: Plan, network: string): string[] =>
  inside(network)
    .filter((source) => !serverAddresses(plan).includes(source))
    .slice(0, 2);

/** Who must reach PostgreSQL, according to the plan: each client's own networks to the addresses of its access path. */
export function welcome(plan: Plan): Knock[] {
  return ofPrimary(plan).flatMap((client) =>
    seenAs(plan, client).flatMap((network) =>
      targets(plan, client.via)
        .filter((target) => ofTheSameFamily(network, target))
        .flatMap((target) => placesIn(plan, network).map((source) => ({ source, target, port: plan.server.port }))),
    ),
  );
}

/** Addresses next to every client's network that belong to no client. */
export function uninvited(plan: Plan): Knock[] {
  const networks = plan.clients.flatMap((client) => seenAs(plan, client));
  const sources = networks
    .flatMap((network) => outside(network).slice(0, 3))
    .filter((source) => !networks.some((network) => holds(network, source)))
    .filter((source) => !serverAddresses(plan).includes(source));
  return [...new Set(sources)].flatMap((source) =>
    serverAddresses(plan)
      .filter((target) => ofTheSameFamily(source, target))
      .map((target) => ({ source, target, port: plan.server.port })),
  );
}

/** From where administrators reach the server's SSH: their own networks, or the bastion. */
function administrators(plan: Plan): Knock[] {
  const bastion = plan.network.pattern === 'bastion' ? plan.network.privateAddresses : [];
  const networks = plan.administration.people.flatMap(({ path, sources }) =>
    path === 'ssh' ? sources : path === 'bastion' ? bastion : [],
  );
  return networks.flatMap((network) =>
    serverAddresses(plan)
      .filter((target) => ofTheSameFamily(network, target))
      .slice(0, 1)
      .flatMap((target) =>
        placesIn(plan, network).map((source) => ({ source, target, port: plan.administration.sshPort })),
      ),
  );
}

const tried = ({ source, target, port }: Knock) => `${source} to ${target} port ${port}`;

async function notAsExpected(knocks: readonly Knock[], expected: 'open' | 'closed'): Promise<string[]> {
  const outcomes = await knock(knocks);
  return knocks.filter((_, index) => outcomes[index] !== expected).map(tried);
}

const WITHOUT_RULES = `
[ -e "$1" ] || cp -a /etc/ufw "$1"
rm -rf /etc/ufw /var/lib/postern
cp -a "$1" /etc/ufw
for tool in iptables ip6tables; do
  for chain in INPUT FORWARD OUTPUT; do $tool -P $chain ACCEPT; done
  $tool -F
  $tool -X
done
`;

/** No rules at all: the state after installing the packages. */
export function withoutRules(): void {
  // A file is read in no time; to ask ufw is to start Python.
  if (/^ENABLED=yes$/m.test(readFileSync('/etc/ufw/ufw.conf', 'utf8'))) must('ufw', ['disable']);
  must('sh', ['-ec', WITHOUT_RULES, 'pristine', `${own}/ufw-pristine`]);
}

/** The rules of both families, without counters and without the chains that every system has. */
const rules = (): string[] =>
  ['iptables-save', 'ip6tables-save'].flatMap((tool) =>
    must(tool, [])
      .split('\n')
      .filter((line) => /^(-A|:(?!INPUT|FORWARD|OUTPUT))/.test(line))
      .map((line) => `${tool}: ${line.replace(/ \[\d+:\d+\]$/, '')}`),
  );

/** ufw's rules as added by the user; the time in a comment is that of the run. */
const ufwRules = (): string[] =>
  must('ufw', ['show', 'added'])
    .split('\n')
    .filter((line) => line.startsWith('ufw '))
    .map((line) => line.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/, 'TIME'));

async function script(plan: Plan, name: string, env: Record<string, string> = {}): Promise<void> {
  const path = `${own}/${name}`;
  writeFileSync(path, fileAt(generate(plan).files, `database-server/firewall/${name}`).content);
  const { code, stdout, stderr } = await run('bash', [path], { env });
  rmSync(path);
  expect(code, `${name}:\n${stdout}${stderr}`).toBe(0);
}

const withFirewall = (plan: Plan, kind: 'ufw' | 'iptables'): Plan =>
  valid({ ...plan, firewall: { ...plan.firewall, kind } }, `the plan with ${kind}`);

/** Plans of platforms that have Linux's packet filter. */
export const linuxPlans = namedPlans().filter(
  ({ plan }) => plan.server.platform !== 'windows' && plan.server.platform !== 'macos',
);

/**
 * A plan of each pattern and these presets; the others differ from them in networks and ports, which the random plans of
 * packets.ts try. With POSTERN_MORE, all.
 */
export const differentPlans = (...presets: readonly string[]): readonly NamedPlan[] =>
  linuxPlans.filter(
    ({ name }) => everyCombination || name.startsWith('start of') || presets.some((id) => name === `preset ${id}`),
  );

/** Declares the tests that check the rules of these plans with packets. */
export function tryFirewall(kind: 'ufw' | 'iptables', plans: readonly NamedPlan[]): void {
  const cases = plans.map(({ name, plan }) => ({ name, plan: withFirewall(plan, kind) }));
  describe.skipIf(!inNamespace).each(cases)(`the ${kind} rules of $name`, ({ plan }) => {
    let closeListeners: (() => Promise<void>) | undefined;
    const inUse = kind === 'ufw' ? ufwRules : rules;

    beforeEach(async () => {
      await closeListeners?.();
      withoutRules();
      const everyone = [...welcome(plan), ...uninvited(plan), ...administrators(plan)].map(({ source }) => source);
      layWire(serverAddresses(plan), [...everyone, session.peer]);
      closeListeners = await listenOn([...new Set([plan.server.port, plan.administration.sshPort, elsewhere])]);
    });
    afterAll(async () => {
      await closeListeners?.();
      withoutRules();
      cutWire();
    });

    /** Someone logged in by SSH from an address that the plan does not know. */
    const target = serverAddresses(plan).find((address) => !address.includes(':')) ?? '';
    const session = { peer: '192.0.2.211', target };

    it('allow the clients and the administrators, and nobody else to PostgreSQL', async () => {
      expect(welcome(plan).length).toBeGreaterThan(0);
      expect(uninvited(plan).length).toBeGreaterThan(0);
      // Before the rules everyCombination is open, so what is closed afterwards was closed by them.
      expect(await notAsExpected([...welcome(plan), ...uninvited(plan), ...administrators(plan)], 'open')).toEqual([]);

      await script(plan, `${kind}.sh`, {
        SSH_CONNECTION: `${session.peer} 50000 ${session.target} ${plan.administration.sshPort}`,
      });
      expect(await notAsExpected(welcome(plan), 'open'), 'clients of the plan').toEqual([]);
      expect(await notAsExpected(uninvited(plan), 'closed'), 'addresses of no client').toEqual([]);
      expect(await notAsExpected(administrators(plan), 'open'), 'administrators').toEqual([]);
      const ssh = { source: session.peer, target: session.target, port: plan.administration.sshPort };
      if (session.target !== '')
        expect(await notAsExpected([ssh], 'open'), 'the SSH session that runs the script').toEqual([]);
      // ufw closes every port without a rule; our own chain touches PostgreSQL's alone.
      const other = welcome(plan)
        .slice(0, 1)
        .map((one) => ({ ...one, port: elsewhere }));
      expect(await notAsExpected(other, kind === 'ufw' ? 'closed' : 'open'), 'a port of no plan').toEqual([]);
    });

    it('are the same after a second run, and gone after the undo', async () => {
      const before = inUse();
      await script(plan, `${kind}.sh`);
      const first = inUse();
      expect(first.length).toBeGreaterThan(before.length);
      await script(plan, `${kind}.sh`);
      expect(inUse()).toEqual(first);
      await script(plan, `${kind}-undo.sh`);
      expect(inUse()).toEqual(before);
      if (kind === 'ufw') expect(must('ufw', ['status'])).toContain('inactive');
    });

    it('are placed before existing rules, and the undo leaves those unchanged', async () => {
      const { port } = plan.server;
      if (kind === 'ufw') {
        must('ufw', ['allow', `${plan.administration.sshPort}/tcp`]);
        must('ufw', ['allow', String(port)]);
        must('ufw', ['--force', 'enable']);
      } else {
        for (const tool of ['iptables', 'ip6tables'])
          must(tool, ['-A', 'INPUT', '-p', 'tcp', '--dport', String(port), '-j', 'ACCEPT']);
      }
      const before = inUse();
      await script(plan, `${kind}.sh`);
      expect(await notAsExpected(uninvited(plan), 'closed')).toEqual([]);
      expect(await notAsExpected(welcome(plan), 'open')).toEqual([]);
      await script(plan, `${kind}-undo.sh`);
      // Open SSH sessions must continue: if ufw was enabled before, its undo says that it keeps these rules.
      const left = inUse().filter((rule) => !/^ufw allow from .* comment 'postern ssh TIME'$/.test(rule));
      expect(left.sort()).toEqual(before.sort());
      if (kind === 'ufw') expect(must('ufw', ['status'])).toContain('Status: active');
    });
  });
}
