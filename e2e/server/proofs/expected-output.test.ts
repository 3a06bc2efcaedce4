import { beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { binaries, majors } from '../harness/binaries.ts';
import { run } from '../harness/command.ts';
import { type Layout, layoutOf } from '../harness/layout.ts';
import { inNamespace } from '../harness/namespace.ts';
import { freshServer, startServer } from '../harness/server.ts';

const start = defaultPlan('direct');

describe.skipIf(!inNamespace).each(majors)('the manual steps on PostgreSQL %i', (major) => {
  const plan: Plan = { ...start, server: { ...start.server, major, platform: 'debian' } };
  const layout: Layout = layoutOf(plan);
  beforeAll(() => freshServer(major, 'postgres', layout));

  it('say what psql prints if the files have no errors', async () => {
    const server = await startServer(major, layout);
    const step = generate(plan)
      .steps.flatMap(({ manual = [] }) => manual)
      .find(({ commands = [] }) => commands.some((command) => command.includes('pg_hba_file_rules')));
    const { stdout, stderr } = await run(
      'bash',
      ['-c', `cd /; PATH=${binaries(major)}/bin:$PATH\nsudo() { shift 2; "$@"; }\n${step?.commands?.join('\n')}`],
      { as: accountNamed(layout.account) },
    );
    await server.stop();
    expect(stderr).toBe('');
    const printed = stdout.split('\n').map((line) => line.trimEnd());
    expect(printed.join('\n').trimEnd()).toBe(step?.output?.join('\n'));
  });
});
