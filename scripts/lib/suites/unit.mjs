import { child } from '../child.mjs';
import { conformanceFolder } from '../conformance.mjs';
import { freshReport, readReport } from '../reports.mjs';
import { repository } from '../repository.mjs';
import { shards, testFiles } from '../shards.mjs';

export const unit = {
  name: 'unit',
  folders: ['app', 'scripts'],
  about: 'our own statements, with generated input',
  async prepare() {
    const ui = [...testFiles(['app/ui']), ...testFiles(['app/ui'], '.test.tsx')];
    const others = [...testFiles(['app/core', 'app/worker']), ...testFiles(['scripts'], '.test.mjs')];
    // The screens keep state in modules. The core keeps none, so its files need no process each: a third of their time.
    const spread = [
      ...shards(ui).map((shard) => ({ ...shard, isolation: [] })),
      ...shards(others).map((shard) => ({ ...shard, isolation: ['--no-isolate'] })),
    ];
    return {
      shards: spread.map(({ files, seconds, isolation }, at) => {
        const name = `unit-${at + 1}`;
        return { name, files, seconds, run: (chosen) => run(name, [...isolation, ...chosen]) };
      }),
    };
  },
};

async function run(name, args) {
  const report = freshReport(name);
  const { code, output } = await child(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=./scripts/lib/vitest-reporter.mjs',
      // Other shards use the other cores.
      '--maxWorkers=1',
      ...args,
    ],
    {
      cwd: repository,
      env: { POSTERN_REPORT: report, POSTERN_CONFORMANCE: conformanceFolder, NO_COLOR: '1' },
      limit: 600,
      grows: report,
    },
  );
  console.log(`--- ${name} ---\n${output.trim()}\n`);
  return readReport(report, name, code);
}
