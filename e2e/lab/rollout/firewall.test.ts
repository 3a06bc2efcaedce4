import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { must, run } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { cutWire, type Knock, knock, layWire, listenOn } from '../../server/harness/wire.ts';
import { rolledBack } from './bundle.ts';

const SECONDS = 10;
const PORT = 6432;
const SSH = 22;
const bundle = `${own}/firewall-bundle`;
const script = `${bundle}/bastion/apply.sh`;

const office = ['198.51.100.5', '2001:db8:20::5'];
const partner = ['192.0.2.7', '2001:db8:30::7'];

/** A bastion with a proxy for one network; its packet filter controls the proxy's port. */
function planFor(kind: 'nftables' | 'iptables', sources: readonly string[]): Plan {
  const start = defaultPlan('bastion');
  const [first] = start.clients;
  return valid(
    {
      ...start,
      firewall: { ...start.firewall, kind },
      network: { ...start.network, proxy: { kind: 'haproxy', port: PORT } },
      clients: [{ ...first, sources }],
      rollout: { confirmSeconds: SECONDS },
    } as Plan,
    'a bastion with a packet filter',
  );
}

describe.skipIf(!inNamespace).each([{ kind: 'nftables' as const }, { kind: 'iptables' as const }])(
  'apply.sh with rules of $kind',
  ({ kind }) => {
    const plan = planFor(kind, ['198.51.100.0/28', '2001:db8:20::/64']);
    const other = planFor(kind, ['192.0.2.0/24', '2001:db8:30::/64']);
    const servers = plan.network.pattern === 'bastion' ? [...plan.network.publicAddresses] : [];
    let close: () => Promise<void>;
    let packets = 0;

    /** The rules of everyone, without counters; ours and one that somebody else made. */
    const rules = () =>
      kind === 'nftables'
        ? must('nft', ['-s', 'list', 'ruleset'])
        : ['iptables', 'ip6tables'].map((tool) => must(tool, ['-S'])).join('');
    /** Only the firewall is tested here, so HAProxy's script is left out: no service manager runs. */
    const layOut = (of: Plan) => {
      rmSync(bundle, { recursive: true, force: true });
      for (const { path, content } of generate(of).files) {
        mkdirSync(dirname(`${bundle}/${path}`), { recursive: true });
        writeFileSync(`${bundle}/${path}`, content);
      }
      writeFileSync(`${bundle}/bastion/install-haproxy.sh`, 'true\n');
    };
    const apply = async (...args: string[]) => {
      const { code, stdout, stderr } = await run('bash', [script, ...args]);
      expect(code, stdout + stderr).toBe(0);
    };
    const reached = async (sources: readonly string[], port: number) => {
      const knocks = sources.flatMap((source): Knock[] =>
        servers
          .filter((target) => target.includes(':') === source.includes(':'))
          .map((target) => ({ source, target, port })),
      );
      expect(knocks.length).toBeGreaterThan(0);
      packets += knocks.length;
      const outcomes = new Set(await knock(knocks));
      return outcomes.size === 1 ? [...outcomes][0] : 'some';
    };
    const lets = async () => ({
      office: await reached(office, PORT),
      partner: await reached(partner, PORT),
      ssh: await reached([...office, ...partner], SSH),
    });

    beforeEach(async () => {
      // The package of HAProxy makes the account that its file names.
      accountNamed('haproxy');
      rmSync('/var/lib/postern', { recursive: true, force: true });
      must('nft', ['flush', 'ruleset']);
      layWire(servers, [...office, ...partner]);
      close = await listenOn([PORT, SSH]);
      layOut(plan);
    });
    afterEach(async () => {
      await close();
      cutWire();
      must('nft', ['flush', 'ruleset']);
      rmSync('/var/lib/postern', { recursive: true, force: true });
      for (const { target } of generate(plan).files) if (target?.includes('postern')) rmSync(target, { force: true });
    });

    it('keeps confirmed rules, rolls back others, and restores the earlier rules exactly', async () => {
      // Other rules, before and after ours.
      if (kind === 'nftables')
        must(
          'nft',
          ['-f', '-'],
          'table inet others { chain input { type filter hook input priority 0; tcp dport 9 drop; }; }',
        );
      else
        for (const tool of ['iptables', 'ip6tables'])
          must(tool, ['-A', 'INPUT', '-p', 'tcp', '--dport', '9', '-j', 'DROP']);
      const bare = rules();
      expect(await lets()).toEqual({ office: 'open', partner: 'open', ssh: 'open' });

      await apply();
      expect(await lets()).toEqual({ office: 'open', partner: 'closed', ssh: 'open' });
      await rolledBack('bastion');
      expect(await lets()).toEqual({ office: 'open', partner: 'open', ssh: 'open' });
      expect(rules()).toBe(bare);

      await apply();
      await apply('--confirm');
      // A rule that somebody has added before ours since; and one of our own that is in no file.
      if (kind === 'nftables') must('nft', ['add', 'rule', 'inet', 'postern', 'input', 'tcp', 'dport', '7', 'drop']);
      else
        for (const tool of ['iptables', 'ip6tables'])
          must(tool, ['-I', 'INPUT', '1', '-p', 'tcp', '--dport', '8', '-j', 'DROP']);
      const first = rules();
      layOut(other);
      await apply();
      expect(await lets()).toEqual({ office: 'closed', partner: 'open', ssh: 'open' });
      await rolledBack('bastion');
      expect(rules()).toBe(first);
      expect(await lets()).toEqual({ office: 'open', partner: 'closed', ssh: 'open' });
      conforms({
        target: 'apply.sh',
        files: ['apply.sh'],
        judgedBy: must(kind === 'nftables' ? 'nft' : 'iptables', ['--version']).trim(),
        tried: `rules of ${kind} kept and taken back: restored to the word, TCP connections tried over a wire, SSH open throughout`,
        plans: 2,
        cases: packets,
      });
    });
  },
);
