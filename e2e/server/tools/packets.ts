import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsToPaste, generate, type Plan, parsePlan } from '../../../app/core/index.ts';
import { alive } from '../harness/alive.ts';
import { amount } from '../harness/amount.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { serverAddresses } from '../harness/expectations.ts';
import { inNamespace } from '../harness/namespace.ts';
import { cutOpenWire, layOpenWire, type Probe, Prober } from '../harness/open-wire.ts';
import { listenOn } from '../harness/wire.ts';
import {
  type Expected,
  expectations,
  type GuardedHost,
  guardedHosts,
  randomFrom,
  randomPlans,
  seed,
  serverFlows,
} from './random-plans.ts';

/** A port that no plan names and no rule filters: a connection to it marks the end of a series. */
export const MARK = 61_000;

const PLANS = amount(40);
/** Plans with a replica or a proxy on the bastion, whose own rules are tested. */
const OTHERS = amount(10);
/** Minimum number of packets per plan, on average. */
const EACH = 10;

interface Tried {
  readonly target: string;
  readonly kind: Plan['firewall']['kind'];
  /** Files of the rules, by base name. */
  readonly files: readonly string[];
  readonly judgedBy: string;
  /** Applies the rules of a plan; `place` has written its files at their own paths. */
  readonly use: (script: (name: string) => string, index: number) => Promise<void>;
  readonly platform?: Plan['server']['platform'];
  /** What is done with the rules of every plan. */
  readonly tried?: string;
  /** Machines other than the database server that have these rules. */
  readonly others?: boolean;
  /** Called once, when the wire is set up. */
  readonly prepare?: (servers: readonly string[], ports: readonly number[]) => void | Promise<void>;
  /** Removes every rule. */
  readonly clear: () => void;
}

/** Declares the test that loads the rules of random plans and checks them with real packets. */
export function tryPackets(of: Tried): void {
  describe.skipIf(!inNamespace)(`${of.target} with random plans`, () => {
    let close: () => Promise<void>;
    let prober: Prober;
    const ports = [5432, 5433, MARK];

    // The far end is everyone but the machines of all these plans.
    const plans = inNamespace ? randomPlans(PLANS, (plan, index) => suitable(plan, of, index)) : [];
    const others = inNamespace && of.others ? randomPlans(OTHERS, (plan, index) => withOthers(plan, of, index)) : [];

    const servers = new Set([
      ...plans.flatMap(serverAddresses),
      ...others.flatMap((plan) => guardedHosts(plan).flatMap(({ addresses }) => addresses)),
    ]);

    beforeAll(async () => {
      layOpenWire([...servers]);
      close = await listenOn(ports);
      prober = new Prober();
      of.clear();
      await of.prepare?.([...servers], ports);
    });
    afterAll(async () => {
      prober?.stop();
      await close?.();
      of.clear();
      cutOpenWire();
    });

    /**
     * Loads the rules of one machine and checks them; returns how many packets were sent, and how many were allowed.
     */
    async function attempt(plan: Plan, index: number, host: GuardedHost, random: () => number) {
      alive();
      const expected = expectations(plan, random, { never: servers, host: host.id });
      await load(plan, of, index, host.folder);
      const stood = await prober.attempt([...expected.map(({ probe }) => probe), ...marks(expected)]);
      const wrong = expected.filter(({ open }, at) => stood[at] !== open);
      if (wrong.length > 0 || !stood.slice(expected.length).every(Boolean)) {
        throw new Error(
          `seed ${seed}: ${JSON.stringify({ host, wrong, marks: stood.slice(expected.length), plan }, null, 1)}`,
        );
      }
      return { packets: expected.length, opened: expected.filter(({ open }) => open).length };
    }

    it('allows what the model says and nothing else', { timeout: 0 }, async () => {
      const random = randomFrom(seed);
      let packets = 0;
      let opened = 0;
      for (const [index, plan] of plans.entries()) {
        const here = await attempt(plan, index, DATABASE_SERVER, random);
        packets += here.packets;
        opened += here.opened;
      }
      expect(packets).toBeGreaterThanOrEqual(plans.length * EACH);
      // Both results must occur.
      expect(Math.min(opened, packets - opened)).toBeGreaterThan(packets / 10);
      conforms({
        target: of.target,
        files: of.files,
        judgedBy: of.judgedBy,
        tried: of.tried ?? 'rules of random plans loaded, TCP connections tried over a wire',
        plans: plans.length,
        cases: packets,
      });
    });

    const besides = of.others ? it : undefined;
    besides?.('does the same for replicas and for a proxy on the bastion', { timeout: 0 }, async () => {
      const random = randomFrom(seed);
      const tried = new Map<string, number>();
      for (const [index, plan] of others.entries()) {
        for (const host of guardedHosts(plan).filter(({ kind }) => kind !== 'server')) {
          const { packets } = await attempt(plan, index, host, random);
          tried.set(host.kind, (tried.get(host.kind) ?? 0) + packets);
        }
      }
      expect([...tried.keys()].sort()).toEqual(['bastion', 'replica']);
      expect(Math.min(...tried.values())).toBeGreaterThan(3 * others.length);
      conforms({
        target: of.target,
        files: of.files,
        judgedBy: of.judgedBy,
        tried: `the same for replicas and for a proxy on the bastion`,
        plans: others.length,
        cases: [...tried.values()].reduce((sum, one) => sum + one, 0),
      });
    });
  });
}

const DATABASE_SERVER: GuardedHost = {
  id: 'server',
  kind: 'server',
  folder: 'database-server/firewall',
  addresses: [],
};

/** The plan with this firewall; one without any TCP client has nothing to test. */
function suitable(plan: Plan, of: Tried, index: number): Plan | undefined {
  const changed: Plan = {
    ...plan,
    server: {
      ...plan.server,
      platform: of.platform ?? 'debian',
      port: index % 2 === 0 ? 5432 : 5433,
    },
    firewall: { kind: of.kind, rateLimit: index % 3 === 0 ? 600 : null, sources: null },
  };
  return serverFlows(changed).length > 0 ? changed : undefined;
}

/**
 * A plan of the same kind with clients of a replica, or of a proxy on the bastion that listens at the port of PostgreSQL:
 * one of each in turn, so that few plans have both.
 */
function withOthers(plan: Plan, of: Tried, index: number): Plan | undefined {
  const changed = suitable(plan, of, index);
  if (!changed) return undefined;
  const parsed = parsePlan(
    changed.network.pattern === 'bastion'
      ? { ...changed, network: { ...changed.network, proxy: { kind: 'haproxy', port: changed.server.port } } }
      : changed,
  );
  const wanted = index % 2 === 0 ? 'replica' : 'bastion';
  return parsed.ok && guardedHosts(parsed.value).some(({ kind }) => kind === wanted) ? parsed.value : undefined;
}

/** One connection of each family that must stand, sent last. */
function marks(expected: readonly Expected[]): Probe[] {
  return ([4, 6] as const).flatMap((family) => {
    const last = expected.findLast(({ probe }) => probe.family === family);
    return last ? [{ ...last.probe, port: MARK }] : [];
  });
}

async function load(plan: Plan, of: Tried, index: number, folder: string): Promise<void> {
  const files = [...generate(plan).files, ...commandsToPaste(plan)].filter(({ path }) => path.startsWith(`${folder}/`));
  for (const { path, target, content } of files) {
    if (target === undefined || !of.files.some((name) => path.endsWith(`/${name}`))) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  await of.use((name) => {
    const found = files.find(({ path }) => path.endsWith(`/${name}`));
    if (!found) throw new Error(`no file ${name}: ${files.map(({ path }) => path).join(', ')}`);
    return found.content;
  }, index);
}

/** Runs a script of the bundle, which must succeed. */
export async function runScript(content: string, name: string): Promise<void> {
  const path = `/run/postern/${name}`;
  writeFileSync(path, content);
  const { code, stdout, stderr } = await run('bash', [path]);
  expect(code, `${name}:\n${stdout}${stderr}`).toBe(0);
}

export const version = (program: string, args: readonly string[]): string =>
  must(program, args).split('\n')[0]?.trim() ?? program;
