import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conf, confName, confValue } from '../../../app/core/quote/conf.ts';
import { hostileNames } from '../../../app/core/testing/plan-arbitrary.ts';
import { accountNamed } from '../harness/accounts.ts';
import { binaries, majors } from '../harness/binaries.ts';
import { must, run } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';

describe.skipIf(!inNamespace)('postgresql.conf with hostile strings', () => {
  it.each(majors)('PostgreSQL %i reads every value as it was', async (major) => {
    const folder = `${own}/quoting-${major}`;
    mkdirSync(folder, { recursive: true });
    must('chown', ['postgres:', folder]);
    must('chmod', ['700', folder]);
    for (const text of hostileNames) {
      writeFileSync(`${folder}/postgresql.conf`, `${conf`${confName('log_line_prefix')} = ${confValue(text)}`}\n`);
      const { code, stdout, stderr } = await run(
        `${binaries(major)}/bin/postgres`,
        ['-D', folder, '-C', 'log_line_prefix'],
        { as: accountNamed('postgres') },
      );
      expect(code, stderr).toBe(0);
      expect(stdout).toBe(`${text}\n`);
    }
  });
});
