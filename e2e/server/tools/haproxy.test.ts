import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveAccess, generate, type Plan } from '../../../app/core/index.ts';
import { plansOf } from '../../../app/core/testing/plan-arbitrary.ts';
import { accountNamed } from '../harness/accounts.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { randomFrom, seed, shuffled } from './random-plans.ts';

const PLANS = 100;

function plans(): Plan[] {
  const found: Plan[] = [];
  for (let round = 0; found.length < PLANS; round += 1)
    for (const plan of fc.sample(plansOf(['bastion']), { seed: seed + round, numRuns: PLANS * 4 })) {
      const through = plan.clients.some(({ via }) => via === 'bastion');
      if (
        plan.network.pattern === 'bastion' &&
        plan.network.proxy.kind === 'haproxy' &&
        through &&
        found.length < PLANS
      )
        found.push(plan);
    }
  return shuffled(found, randomFrom(seed));
}

describe.skipIf(!inNamespace)('haproxy.cfg, for random plans', () => {
  it('is read by HAProxy without a warning, and names the networks and addresses of the model', async () => {
    accountNamed('haproxy');
    mkdirSync(`${own}/random-haproxy`, { recursive: true });
    const file = `${own}/random-haproxy/haproxy.cfg`;
    const tried = plans();
    for (const plan of tried) {
      const { content } = fileAt(generate(plan).files, 'bastion/haproxy.cfg');
      writeFileSync(file, content);
      expect(await run('haproxy', ['-c', '-f', file]), content).toMatchObject({ code: 0, stderr: '' });
      const flows = deriveAccess(plan).flows.filter(({ service }) => service === 'haproxy');
      const written = [...content.matchAll(/acl client src (\S+)/g)].map(([, network]) => network);
      expect(new Set(written)).toEqual(
        new Set(plan.clients.filter(({ via }) => via === 'bastion').flatMap(({ sources }) => sources.map(withLength))),
      );
      expect([...content.matchAll(/^ {4}bind /gm)].length).toBe(flows[0]?.addresses.length);
    }
    writeFileSync(file, 'frontend x\n    mode tcp\n    acl client src 10.0.0.0/33\n');
    expect((await run('haproxy', ['-c', '-f', file])).code).not.toBe(0);
    conforms({
      target: 'HAProxy',
      files: ['haproxy.cfg'],
      judgedBy: `${must('haproxy', ['-v']).split('\n')[0]}`,
      tried: 'haproxy -c without a warning',
      plans: tried.length,
      cases: tried.length,
    });
  });
});

const withLength = (source: string) => (source.includes('/') ? source : `${source}/${source.includes(':') ? 128 : 32}`);
