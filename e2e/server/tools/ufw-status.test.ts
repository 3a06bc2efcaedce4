import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { commandsToPaste, generate } from '../../../app/core/index.ts';
import { must } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { valid } from '../harness/plans.ts';
import { linuxPlans, withoutRules } from './firewall.ts';
import { runScript } from './packets.ts';

const cases = linuxPlans.flatMap(({ name, plan }) => {
  const changed = valid({ ...plan, firewall: { ...plan.firewall, kind: 'ufw' } }, `${name} with ufw`);
  return generate(changed).steps.flatMap(({ folder, manual = [] }) =>
    manual.flatMap(({ commands, output }) =>
      commands?.[0] === 'sudo ufw status' && output ? [{ name, plan: changed, folder, output }] : [],
    ),
  );
});

it('there are plans to try', () => {
  expect(cases.length).toBeGreaterThan(4);
});

describe.skipIf(!inNamespace)('the expected output of ufw status', () => {
  beforeEach(withoutRules);
  afterAll(withoutRules);

  it.each(cases)('is what ufw prints for $name, $folder', async ({ plan, folder, output }) => {
    const commands = commandsToPaste(plan).find(({ path }) => path === `${folder}/firewall/ufw commands`);
    await runScript(`sudo() { "$@"; }\n${commands?.content}`, 'ufw-commands.sh');
    const printed = must('sh', ['-c', 'LC_ALL=C.UTF-8 ufw status']).split('\n');
    expect(
      printed
        .map((line) => line.trimEnd())
        .join('\n')
        .trimEnd(),
    ).toBe(output.join('\n'));
  });
});
