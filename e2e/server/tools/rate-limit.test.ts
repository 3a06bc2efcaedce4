import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate } from '../../../app/core/index.ts';
import { fileAt } from '../harness/bundle.ts';
import { must } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { inNamespace } from '../harness/namespace.ts';
import { valid } from '../harness/plans.ts';
import { cutWire, type Knock, knock, layWire, listenOn } from '../harness/wire.ts';
import { place } from '../harness/writable.ts';
import { withoutRules } from './firewall.ts';
import { runScript, version } from './packets.ts';

/** A port that no plan names. */
const ELSEWHERE = 8089;
/** With one per minute the counters hardly refill while a test runs; the burst is ten. */
const BURST = 10;
const TRIES = 25;

const SERVER = { 4: '203.0.113.10', 6: '2001:db8:10::10' } as const;
const CLIENTS = ['198.51.100.1', '198.51.100.2'] as const;
const NEIGHBOURS = ['2001:db8:20::1', '2001:db8:20::2'] as const;
const STRANGER = '192.0.2.77';

const start = defaultPlan('direct');
const plan = valid({ ...start, firewall: { kind: 'ufw', rateLimit: 1, sources: null } }, 'a limit with ufw');
const file = (name: string) => fileAt(generate(plan).files, `database-server/firewall/${name}`).content;
const run = (name: string) => runScript(file(name), name);

const table = () => must('nft', ['list', 'tables']).includes('table inet postern_rate');

/** How many of this many simultaneous connections succeed. */
async function standing(count: number, knocks: readonly Omit<Knock, 'target'>[]): Promise<number> {
  const all = Array.from({ length: count }, (_, at) => knocks[at % knocks.length]).flatMap((one) =>
    one ? [{ ...one, target: SERVER[one.source.includes(':') ? 6 : 4] }] : [],
  );
  return (await knock(all)).filter((outcome) => outcome === 'open').length;
}

describe.skipIf(!inNamespace)('the limit of new connections next to ufw', () => {
  let close: (() => Promise<void>) | undefined;
  let began = 0;
  /** Maximum number of connections allowed since the table was loaded: the burst, and one for each elapsed minute. */
  const most = () => BURST + Math.ceil((Date.now() - began) / 60_000);

  beforeAll(async () => {
    withoutRules();
    layWire(Object.values(SERVER), [...CLIENTS, ...NEIGHBOURS, STRANGER]);
    close = await listenOn([plan.server.port, ELSEWHERE]);
    place('/etc/postern/postern-rate.nft', file('postern-rate.nft'), 0o644);
  });
  afterAll(async () => {
    await close?.();
    must('nft', ['flush', 'ruleset']);
    withoutRules();
    cutWire();
  });

  it('drops what a client opens above it, and counts each client and each /64 separately', async () => {
    const { port } = plan.server;
    expect(await standing(TRIES, [{ source: CLIENTS[0], port }]), 'before it is loaded').toBe(TRIES);
    await run('rate-limit.sh');
    began = Date.now();
    const first = await standing(TRIES, [{ source: CLIENTS[0], port }]);
    expect(first).toBeGreaterThanOrEqual(BURST);
    expect(first).toBeLessThanOrEqual(most());
    expect(await standing(5, [{ source: CLIENTS[1], port }]), 'another client').toBe(5);
    const shared = await standing(TRIES, [
      { source: NEIGHBOURS[0], port },
      { source: NEIGHBOURS[1], port },
    ]);
    expect(shared).toBeGreaterThanOrEqual(BURST);
    expect(shared).toBeLessThanOrEqual(most());
    // Everything else is left to the firewall: other ports, and strangers.
    expect(await standing(TRIES, [{ source: CLIENTS[0], port: ELSEWHERE }]), 'another port').toBe(TRIES);
    expect(await standing(TRIES, [{ source: STRANGER, port }]), 'a stranger').toBe(TRIES);
    conforms({
      target: 'Rate limit for new connections',
      files: ['postern-rate.nft', 'rate-limit.sh'],
      judgedBy: version('nft', ['--version']),
      tried: 'bursts of TCP connections of clients, of neighbours in a /64, of strangers and to another port',
      plans: 1,
      cases: TRIES * 5 + 5,
    });
  });

  it('is kept when ufw is enabled and reloaded, and opens nothing that ufw blocks', async () => {
    await run('rate-limit.sh');
    began = Date.now();
    await run('ufw.sh');
    must('ufw', ['reload']);
    expect(table()).toBe(true);
    const { port } = plan.server;
    expect(await standing(5, [{ source: STRANGER, port }]), 'a stranger').toBe(0);
    const allowed = await standing(TRIES, [{ source: CLIENTS[0], port }]);
    expect(allowed).toBeGreaterThanOrEqual(BURST);
    expect(allowed).toBeLessThanOrEqual(most());
  });

  it('is gone after the undo, which is silent the second time', async () => {
    await run('rate-limit.sh');
    expect(table()).toBe(true);
    await run('rate-limit-undo.sh');
    expect(table()).toBe(false);
    await run('rate-limit-undo.sh');
  });
});
