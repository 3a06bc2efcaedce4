import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { defaultPlan, generate, type Plan, parsePlan } from '../../../app/core/index.ts';
import { alive } from '../harness/alive.ts';
import { amount } from '../harness/amount.ts';
import { fileAt } from '../harness/bundle.ts';
import { conforms } from '../harness/conformance.ts';
import { valid } from '../harness/plans.ts';
import { holds } from '../harness/prefix.ts';
import { expectations, flowsTo, postgresHosts, randomFrom, randomPlans, seed } from './random-plans.ts';
import { readWindowsScript, type WindowsRule } from './windows.ts';

const PLANS = amount(100);
/** Minimum number of packets per plan, on average. */
const EACH = 10;
const SCRIPT = 'windows-firewall.ps1';

const golden = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');

const onWindows = (plan: Plan): Plan => ({
  ...plan,
  server: { ...plan.server, platform: 'windows' },
  firewall: { kind: 'windows', rateLimit: null, sources: null },
  clients: plan.clients.map((client) =>
    client.auth.method === 'peer' ? { ...client, auth: { method: 'scram' as const } } : client,
  ),
});

/** An inbound packet is allowed by any matching rule, and blocked without one; there is no block rule. */
const admits = (rules: readonly WindowsRule[], source: string, target: string, port: number): boolean =>
  rules.some(
    (rule) =>
      rule.protocol === 'TCP' &&
      rule.port === port &&
      (rule.local?.some((text) => holds(text, target)) ?? true) &&
      (rule.remote?.some((text) => holds(text, source)) ?? true),
  );

/** What the golden script contains besides its rules, for another port. */
const frame = (port: number): string[] =>
  readWindowsScript(golden(SCRIPT)).frame.map((line) => line.replaceAll('5432', String(port)));

function quirky(): Plan {
  const plan = onWindows(defaultPlan('direct'));
  const [client] = plan.clients;
  if (!client) throw new Error('the plan has no client');
  const names = [
    "o'hara",
    'typographic \u2018\u2019\u201a\u201b',
    'größe 数据 \u{1f600}',
    '$(calc) `n "x" #>',
    '-x; rm',
  ];
  return valid(
    {
      ...plan,
      server: { ...plan.server, major: 16 },
      clients: [
        ...names.map((name, index) => ({ ...client, name, sources: [`198.51.100.${index}`] })),
        { ...client, name: 'everyone', sources: ['0.0.0.0/0', '::/0'] },
      ],
    },
    'hostile names',
  );
}

it('Windows Defender Firewall gets the golden files, byte for byte', () => {
  const { files } = generate(quirky());
  for (const name of [SCRIPT, 'windows-firewall-undo.ps1']) {
    const { content } = fileAt(files, `database-server/firewall/${name}`);
    expect(content, `golden/${name} is not what is written now`).toBe(golden(name));
  }
});

it('Windows Defender Firewall: hostile names of clients are unchanged in the names of rules', () => {
  const plan = quirky();
  const { rules } = readWindowsScript(fileAt(generate(plan).files, `database-server/firewall/${SCRIPT}`).content);
  const names = new Set(rules.map(({ name }) => name));
  expect([...names]).toEqual(plan.clients.map(({ name }) => `Postern postgresql: ${name}`));
});

it('Windows Defender Firewall allows what the model says and nothing else', { timeout: 0 }, () => {
  const plans = randomPlans(PLANS, (plan) => {
    const parsed = parsePlan(onWindows(plan));
    return parsed.ok && postgresHosts(parsed.value).length > 0 ? parsed.value : undefined;
  });
  const random = randomFrom(seed);
  let packets = 0;
  let admitted = 0;
  for (const plan of plans) {
    alive();
    const { files } = generate(plan);
    for (const { id, folder } of postgresHosts(plan)) {
      const { rules, frame: other } = readWindowsScript(fileAt(files, `${folder}/${SCRIPT}`).content);
      expect(other).toEqual(frame(plan.server.port));
      // Only what the model opens: PostgreSQL, and a tunnel's port where it ends here.
      const ports = new Set(flowsTo(plan, id).map(({ protocol, port }) => `${protocol.toUpperCase()} ${port}`));
      expect(rules.map(({ protocol, port }) => `${protocol} ${port}`).filter((port) => !ports.has(port))).toEqual([]);
      for (const { probe, open } of expectations(plan, random, { host: id })) {
        const answer = admits(rules, probe.source, probe.target, probe.port);
        if (answer !== open) throw new Error(`seed ${seed}: ${JSON.stringify({ probe, open, rules, plan }, null, 1)}`);
        packets += 1;
        if (answer) admitted += 1;
      }
    }
  }
  expect(packets).toBeGreaterThanOrEqual(plans.length * EACH);
  expect(Math.min(admitted, packets - admitted)).toBeGreaterThan(packets / 10);
  conforms({
    target: 'Windows Defender Firewall',
    files: [SCRIPT],
    judgedBy: 'golden files, and a reading of the text by rules written from the documentation',
    tried: 'rules read back from the text and evaluated for packets',
    plans: plans.length,
    cases: packets,
    notCovered: 'PowerShell and Windows themselves',
  });
});
