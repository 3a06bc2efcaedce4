import { child } from '../child.mjs';
import { reportFile, vitestReport } from '../reports.mjs';
import { repository, results } from '../repository.mjs';

export const unit = {
  name: 'unit',
  about: 'our own statements, with generated input',
  async run() {
    const file = reportFile(results, 'unit');
    const { code } = await child(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      { cwd: repository, show: true, limit: 1500 },
    );
    return vitestReport(file, code);
  },
};
