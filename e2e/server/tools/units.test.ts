import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BundleFile, generate, type Plan } from '../../../app/core/index.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { inNamespace } from '../harness/namespace.ts';
import { everyPlan } from './corpus.ts';
import { randomPlans } from './random-plans.ts';

const RANDOM_PLANS = 100;
const SYSTEM = '/etc/systemd/system/';

/** A unit or a drop-in at its path, and the programs of the bundle that it starts. */
interface Placed {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

/** The files of one machine that systemd reads or starts, including those that scripts write. */
async function placed(files: readonly BundleFile[]): Promise<Placed[]> {
  const found = files.flatMap(({ target, content, mode }): Placed[] =>
    target?.startsWith(SYSTEM) || target?.startsWith('/usr/local/sbin/')
      ? [{ path: target, content, mode: mode ?? 0o644 }]
      : [],
  );
  return [...found, ...(await Promise.all(files.map(writtenBy))).flat()];
}

/** The unit that a script prints, with its own settings above it. */
async function writtenBy({ content, language }: BundleFile): Promise<Placed[]> {
  if (language !== 'sh') return [];
  const settings = content.split('\n').filter((line) => /^readonly [a-z_]+=[^$]*$|^unit=\S+$/.test(line));
  const printed = [
    ...content.matchAll(/^ *(printf (?:[^\n]*\\\n)*[^\n]*?)>\s*("\$unit"|\/etc\/systemd\/system\/\S+)$/gm),
  ];
  const units = printed.map(async ([, command = '', to = '']): Promise<Placed> => {
    const path = to === '"$unit"' ? (/^unit=(\S+)$/m.exec(content)?.[1] ?? '') : to;
    return { path, content: await printedBy(`${settings.join('\n')}\n${command}`), mode: 0o644 };
  });
  return Promise.all(units);
}

const known = new Map<string, string>();

async function printedBy(script: string): Promise<string> {
  const before = known.get(script);
  if (before !== undefined) return before;
  const { code, stdout, stderr } = await run('bash', ['--norc', '-euc', script]);
  expect(code, stderr).toBe(0);
  known.set(script, stdout);
  return stdout;
}

/** The unit that a drop-in belongs to, and a dummy service if it is not installed here. */
const unitOf = (path: string) => /^(.*\.service)\.d\//.exec(path)?.[1] ?? path;

describe.skipIf(!inNamespace)('every systemd unit', () => {
  it('of every named plan and of random ones has no findings of systemd-analyze', async () => {
    const plans: readonly Plan[] = [
      ...everyPlan().map(({ plan }) => plan),
      ...randomPlans(RANDOM_PLANS, (plan) => plan),
    ];
    const seen = new Set<string>();
    const names = new Set<string>();
    for (const plan of plans) {
      const bundle = generate(plan).files;
      for (const machine of new Set(bundle.map((file) => file.machine))) {
        const files = await placed(bundle.filter((file) => file.machine === machine));
        const programs = files.filter(({ path }) => !path.startsWith(SYSTEM));
        for (const unit of files.filter(({ path }) => path.startsWith(SYSTEM))) {
          const key = `${unit.path}\n${unit.content.replace(/^#.*\n/gm, '')}`;
          if (seen.has(key)) continue;
          seen.add(key);
          await verify([unit, ...programs]);
          names.add(unit.path.slice(SYSTEM.length));
        }
      }
    }
    expect([...names].sort()).toEqual(expect.arrayContaining(['postern-iptables.service', 'postern-nftables.service']));
    expect(seen.size).toBeGreaterThan(10);
    conforms({
      target: 'systemd units',
      files: [...names],
      judgedBy: must('systemd-analyze', ['--version']).split('\n')[0] ?? 'systemd',
      tried: 'systemd-analyze verify',
      plans: plans.length,
      cases: seen.size,
      notCovered: 'started by systemd itself',
    });
  });

  it('would be reported if it had an error', async () => {
    await expect(
      verify([{ path: `${SYSTEM}wrong.service`, content: '[Service]\nExecStart=/nowhere/x\n', mode: 0o644 }]),
    ).rejects.toThrow(/wrong\.service/);
    await expect(
      verify([{ path: `${SYSTEM}wrong.service`, content: '[Service]\nExecStrat=/bin/true\n', mode: 0o644 }]),
    ).rejects.toThrow(/ExecStrat/);
  });
});

async function verify(files: readonly Placed[]): Promise<void> {
  const units = [...new Set(files.filter(({ path }) => path.startsWith(SYSTEM)).map(({ path }) => unitOf(path)))];
  const stubs = units
    .filter((unit) => !files.some(({ path }) => path === unit))
    .map((path) => ({ path, content: '[Service]\nExecStart=/bin/true\n', mode: 0o644 }));
  const all = [...files, ...stubs];
  try {
    for (const { path, content, mode } of all) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content, { mode });
    }
    const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', ...units]);
    const said = `${stdout}${stderr}`;
    if (said.trim() !== '')
      throw new Error(`${said}\n${all.map(({ path, content }) => `--- ${path}\n${content}`).join('\n')}`);
  } finally {
    for (const { path } of all)
      rmSync(path.includes('.service.d/') ? dirname(path) : path, { recursive: true, force: true });
  }
}
