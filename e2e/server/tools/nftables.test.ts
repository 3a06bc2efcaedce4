import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { generate } from '../../../app/core/index.ts';
import { fileAt } from '../harness/bundle.ts';
import { must } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { valid } from '../harness/plans.ts';
import { linuxPlans } from './firewall.ts';
import { runScript } from './packets.ts';

const folder = 'database-server/firewall';
const cases = linuxPlans.map(({ name, plan }) => ({
  name,
  files: generate(valid({ ...plan, firewall: { ...plan.firewall, kind: 'nftables', rateLimit: 60 } }, name)).files,
}));

const ruleset = () => must('nft', ['list', 'ruleset']);

describe.skipIf(!inNamespace).each(cases)('the nftables rules of $name', ({ files }) => {
  const put = (content: string) => {
    mkdirSync('/etc/postern', { recursive: true });
    writeFileSync('/etc/postern/postern.nft', content);
  };
  const rules = fileAt(files, `${folder}/postern.nft`).content;
  const load = () => runScript(fileAt(files, `${folder}/nftables.sh`).content, 'nftables.sh');

  beforeEach(() => {
    must('nft', ['flush', 'ruleset']);
    must('nft', ['add', 'table', 'inet', 'another']);
    put(rules);
  });
  afterAll(() => must('nft', ['flush', 'ruleset']));

  it('are the same after a second run, and gone after the undo, which is silent the second time', async () => {
    const before = ruleset();
    await load();
    const first = ruleset();
    expect(first).toContain('table inet postern');
    await load();
    expect(ruleset()).toBe(first);
    const undo = fileAt(files, `${folder}/nftables-undo.sh`).content;
    await runScript(undo, 'nftables-undo.sh');
    expect(ruleset()).toBe(before);
    await runScript(undo, 'nftables-undo.sh');
  });

  it('do not change if the new file has an error', async () => {
    await load();
    const first = ruleset();
    put(rules.replace(/^ {4}drop$/m, '    dorp'));
    await expect(load()).rejects.toThrow();
    expect(ruleset()).toBe(first);
  });
});
