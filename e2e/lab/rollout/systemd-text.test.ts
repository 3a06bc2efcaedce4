import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemdText } from '../../../app/core/quote/systemd.ts';
import { hostileNames } from '../../../app/core/testing/plan-arbitrary.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { seed } from '../../server/tools/random-plans.ts';
import { boot } from './machine.ts';

const text = fc
  .string({ unit: fc.constantFrom(...`'"\`$(){}[]<>\\|&;#*?~!%^=+-@:,/. nisu1ä数`), minLength: 1, maxLength: 20 })
  .filter((value) => value === value.trim() && !value.endsWith('\\'));
/** What the module accepts: one line without surrounding blanks. */
const texts = [
  ...hostileNames.filter((name) => name === name.trim() && !/\p{Cc}|\\$/u.test(name)),
  ...fc.sample(text, { seed, numRuns: 150 }),
];

describe.skipIf(!inNamespace)('text in a unit', () => {
  it('systemd: every text is read completely', async () => {
    const unit = (index: number) => `read-back-${index}.service`;
    const units = texts.map((one, index) => [
      unit(index),
      `[Unit]\nDescription=read back ${systemdText(one)}\nDefaultDependencies=no\n[Service]\nType=oneshot\nExecStart=/bin/true\n`,
    ]);
    const machine = await boot(Object.fromEntries(units));
    try {
      const asked = ['show', '--property=Description', '--value', ...texts.map((_, index) => unit(index))];
      const { stdout } = await machine.run('systemctl', asked);
      expect(stdout.trimEnd().split(/\n+/)).toEqual(texts.map((one) => `read back ${one}`));
    } finally {
      await machine.cut();
    }
  });
});
