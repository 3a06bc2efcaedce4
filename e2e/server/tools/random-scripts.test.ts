import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BundleFile, generate, type Plan } from '../../../app/core/index.ts';
import { alive } from '../harness/alive.ts';
import { amount } from '../harness/amount.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { randomFrom, randomPlans, seed, shuffled } from './random-plans.ts';

/**
 * Number of plans of each pattern, and how many scripts of each kind ShellCheck checks, which takes a third of a second
 * each.
 */
const PLANS = 40;
const OF_EACH_KIND = amount(2);
/** Number of scripts that it reads in one process. */
const AT_ONCE = 20;

/**
 * A name such as `$(id)`, one that ends in a backslash or an account named like a command is literal; ShellCheck warns
 * about these.
 */
const LITERAL = 'SC2016,SC1003,SC2028,SC2209';

const patterns = ['direct', 'vpn', 'private', 'bastion'] as const;

/** A random plan may be in no cloud; half of these are in one, whose scripts are read as well. */
const clouds: readonly Plan['cloud'][] = [
  { provider: 'none' },
  {
    provider: 'aws',
    format: 'cli',
    region: 'eu-central-1',
    vpc: 'vpc-0123456789abcdef0',
    groupName: 'db',
    rulesPerGroup: 1000,
    sources: null,
  },
  { provider: 'none' },
  {
    provider: 'azure',
    format: 'cli',
    resourceGroup: 'shop',
    location: 'westeurope',
    groupName: 'db',
    firstPriority: 1000,
    sources: null,
  },
];

interface Script {
  readonly kind: string;
  readonly content: string;
}

/** Scripts of one purpose, whatever replica or client they are for. */
const kindOf = ({ path }: BundleFile) => path.replace(/^replicas\/[^/]+\//, 'replicas/');

function scripts(): { readonly plans: number; readonly found: readonly Script[] } {
  const found = new Map<string, Script>();
  let plans = 0;
  for (const pattern of patterns) {
    const some = randomPlans(PLANS, (plan, index) =>
      plan.network.pattern === pattern
        ? {
            ...plan,
            server: { ...plan.server, publicBehindNat: pattern === 'direct' || plan.server.publicBehindNat },
            cloud: clouds[index % clouds.length] ?? { provider: 'none' },
          }
        : undefined,
    );
    plans += some.length;
    for (const plan of some)
      for (const file of generate(plan).files)
        if (file.language === 'sh') found.set(file.content, { kind: kindOf(file), content: file.content });
  }
  return { plans, found: [...found.values()] };
}

describe.skipIf(!inNamespace)('shell scripts of random plans of every pattern', () => {
  const { plans, found } = inNamespace ? scripts() : { plans: 0, found: [] };
  const folder = `${own}/random-scripts`;
  const random = randomFrom(seed);

  it('are all parsed by bash', async () => {
    expect(found.length).toBeGreaterThan(500);
    // One bash parses many as functions; on an error, each is parsed alone to identify it.
    const functions = found.map(({ content }, index) => `script_${index}() {\n${content}\n}\n`).join('');
    const { code } = await run('bash', ['-n'], { input: functions });
    if (code === 0) return;
    for (const { kind, content } of found) {
      const alone = await run('bash', ['-n'], { input: content });
      expect(alone.stderr, `seed ${seed}, ${kind}:\n${content}`).toBe('');
    }
    expect(code).toBe(0);
  });

  it('are such that ShellCheck finds nothing in some of each kind', { timeout: 0 }, async () => {
    mkdirSync(folder, { recursive: true });
    const kinds = [...new Set(found.map(({ kind }) => kind))];
    const chosen = kinds.flatMap((kind) =>
      shuffled(
        found.filter((script) => script.kind === kind),
        random,
      ).slice(0, OF_EACH_KIND),
    );
    const paths = chosen.map(({ content }, index) => {
      writeFileSync(`${folder}/${index}.sh`, content);
      return `${folder}/${index}.sh`;
    });
    let output = '';
    for (let at = 0; at < paths.length; at += AT_ONCE) {
      alive();
      const some = paths.slice(at, at + AT_ONCE);
      const options = ['--shell=bash', '--format=gcc', `--exclude=${LITERAL}`];
      const { stdout, stderr } = await run('shellcheck', [...options, ...some]);
      output += `${stdout}${stderr}`;
    }
    const said = output.replace(/\S*?\/(\d+)\.sh/g, (path, index) => chosen[Number(index)]?.kind ?? path);
    expect(said.split('\n').filter(Boolean), `seed ${seed}`).toEqual([]);
    expect(kinds.length).toBeGreaterThan(15);
    conforms({
      target: 'Shell scripts',
      files: kinds
        .map((kind) => kind.slice(kind.lastIndexOf('/') + 1))
        .filter((name, at, all) => all.indexOf(name) === at),
      judgedBy: `bash -n (all), ShellCheck ${/version: (\S+)/.exec(must('shellcheck', ['--version']))?.[1]} (${chosen.length})`,
      tried: 'scripts of random plans parsed',
      plans,
      cases: found.length,
    });
  });
});
