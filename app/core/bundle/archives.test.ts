import { expect, test } from 'vitest';
import { defaultPlan } from '../plan/defaults.ts';
import type { Plan } from '../plan/schema.ts';
import { archives } from './archives.ts';
import { isGuide } from './file.ts';
import { generate } from './generate.ts';

const start = defaultPlan('private');
if (start.network.pattern !== 'private') throw new Error('the default of private is private');
const replicated: Plan = {
  ...start,
  network: {
    ...start.network,
    replicas: ['one.example.com', 'two.example.com'].map((name, index) => ({ name, addresses: [`10.0.2.1${index}`] })),
  },
};
const plans: Plan[] = [
  ...(['direct', 'vpn', 'private', 'bastion'] as const).map((pattern) => defaultPlan(pattern)),
  replicated,
];

test('every file of the bundle is in an archive, and only in that of its own machine', () => {
  for (const bundle of plans.map((plan) => generate(plan))) {
    const all = archives(bundle);
    expect(new Set(all.flatMap(({ files }) => files))).toEqual(new Set(bundle.files));
    for (const { machine, files } of all)
      expect(files.filter((file) => file.machine !== machine).map(({ path }) => path)).toEqual(
        machine === 'your-machine' ? [] : ['README.md', 'manual-steps.md', 'certificates.md'],
      );
  }
});

test('a replica gets its own files and not those of another', () => {
  const all = archives(generate(replicated));
  const named = all.filter(({ machine }) => machine === 'replicas');
  expect(named.map(({ name }) => name)).toEqual(['replicas-one-example-com', 'replicas-two-example-com']);
  for (const { host, files } of named)
    expect(
      files.filter((file) => !isGuide(file) && !file.path.startsWith(`replicas/${host}/`)).map(({ path }) => path),
    ).toEqual([]);
});

test('a VPN peer gets the files that all peers share', () => {
  const peer = archives(generate(defaultPlan('vpn'))).find(({ machine }) => machine === 'vpn-peers');
  expect(peer?.files.map(({ path }) => path)).toContain('vpn-peers/make-key.sh');
});
