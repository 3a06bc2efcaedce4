import { describe, expect, it } from 'vitest';
import { say } from '../../messages/message.ts';
import { deriveAccess } from '../../model/derive.ts';
import { defaultPlan } from '../../plan/defaults.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { FileDraft } from '../file.ts';
import { MACHINES } from '../generate.ts';
import { artifacts } from '../list.ts';
import { renderFile } from '../render.ts';
import { applyScripts } from './apply/scripts.ts';
import { guides, machineSteps } from './guide/guide.ts';
import { undoSteps } from './guide/undo.ts';

const title = say('check.title');
const file: FileDraft = {
  path: 'bastion/example.conf',
  machine: 'bastion',
  target: '/srv/example/postern.conf',
  reader: {
    programs: [{ command: 'exampled', debian: 'example-server', rhel: 'example' }],
    check: (path) => [sh`exampled --test ${shWord(path)}`],
    use: () => [sh`exampled --reload`],
    back: () => [sh`exampled --reload-after-rollback`],
    leave: () => [sh`exampled --stop`],
    units: () => ['exampled'],
    byHand: {
      use: () => [sh`sudo exampled --reload`],
      leave: () => [sh`sudo exampled --stop`],
      removed: () => [sh`sudo exampled --forget`],
    },
    afterApply: say('guide.ipsecTitle'),
  },
  title,
  language: 'conf',
  blocks: [],
};
const script = (name: string, more: Partial<FileDraft<'sh'>>): FileDraft<'sh'> => ({
  path: `your-machine/${name}`,
  machine: 'your-machine',
  title,
  language: 'sh',
  blocks: [],
  ...more,
});

/** The files that install the others, for the default plan and some files of a target that does not exist. */
function rollout(...more: readonly FileDraft[]) {
  const model = deriveAccess(defaultPlan('bastion'));
  const drafts = [...artifacts.flatMap(({ render }) => render(model)), ...more];
  const scripts = applyScripts(model, drafts);
  const guided = { drafts: [...drafts, ...scripts], machines: MACHINES, pasted: [] };
  const steps = machineSteps(model, guided.drafts, MACHINES, []);
  const undo = undoSteps(model, guided.drafts, scripts, MACHINES);
  const all = [...scripts, ...guides(model, { ...guided, steps, undo })].map(renderFile);
  return (path: string) => all.find((one) => one.path === path)?.content ?? '';
}

describe('a file is installed according to its own description, not its path', () => {
  const text = rollout(file);

  it.each([
    ['checks it with its reader', 'exampled --test /srv/example/postern.conf'],
    ['reloads its reader', 'exampled --reload\n'],
    ['reloads its reader after a rollback', 'exampled --reload-after-rollback'],
    ['stops its reader before the file is removed', '/srv/example/postern.conf) exampled --stop ;;'],
    ['restores the service of its reader', /^readonly units=\(.*exampled.*\)$/m],
    ['names the package of its reader', 'exampled:example-server'],
  ])('apply.sh %s', (_, expected) => expect(text('bastion/apply.sh')).toMatch(expected));

  it('the manual steps install it and reload its reader', () =>
    expect(text('manual-steps.md')).toContain(
      'sudo install -D -m 0644 bastion/example.conf /srv/example/postern.conf\nsudo exampled --reload\n',
    ));

  it('the runbook names its package and what remains to do after apply.sh', () => {
    expect(text('README.md')).toMatch(/^\| Bastion \| .*example-server.* \|/m);
    expect(text('README.md')).toMatch(/### \d+\. Start the tunnel\n\n```sh\nsudo exampled --reload\n/);
  });

  it('the undo of a machine without apply.sh stops its reader, removes the file and notifies the reader', () =>
    expect(rollout({ ...file, machine: 'vpn-peers', path: 'vpn-peers/example.conf' })('README.md')).toContain(
      'sudo exampled --stop\nsudo rm -f /srv/example/postern.conf\nsudo exampled --forget\n',
    ));
});

describe('the guides follow the purpose, the phase and the notes of a script', () => {
  const steps = (path: string, ...more: readonly FileDraft[]) => {
    const readme = rollout(...more)('README.md');
    const undo = readme.indexOf('\n## Undo');
    expect(undo).toBeGreaterThan(0);
    return { forward: readme.slice(0, undo).includes(path), backward: readme.slice(undo).includes(path) };
  };

  it.each([
    ['in its turn', {}, { forward: true, backward: false }],
    ['undo', { purpose: 'undo' }, { forward: false, backward: true }],
    ['read by a script next to it', { purpose: 'part' }, { forward: false, backward: false }],
    ['for the renewal of certificates', { phase: 'renewal' }, { forward: false, backward: false }],
  ] as const)('%s', (_, more, expected) =>
    expect(steps('your-machine/example.sh', script('example.sh', more))).toEqual(expected),
  );

  it('lists prerequisites once, and what is left to undo', () => {
    const guide = { before: say('guide.keysFirst'), undo: say('guide.undoKeys') };
    const readme = rollout(script('a.sh', { guide }), script('b.sh', { guide }))('README.md');
    for (const { text } of [guide.before, guide.undo]) expect(readme.split(text)).toHaveLength(2);
  });

  it('lists packages and interruptions', () => {
    const guide = { packages: ['example-client'], interrupts: { what: say('guide.switchesUfwOn') } };
    const readme = rollout(script('a.sh', { guide, machine: 'bastion', path: 'bastion/a.sh' }))('README.md');
    expect(readme).toMatch(/^\| Bastion \| .*example-client.*\|.*ufw.*\|$/m);
  });
});
