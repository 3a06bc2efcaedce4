import { chownSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, diagnose, parseHba, settingOf, valueProblem } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { binaries, majors } from '../harness/binaries.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { corpusAnswers, corpusThere } from '../harness/corpus.ts';
import { layoutOf } from '../harness/layout.ts';
import { inNamespace } from '../harness/namespace.ts';
import { freshServer } from '../harness/server.ts';

interface Said {
  readonly started: boolean;
  readonly log: readonly string[];
}

const start = defaultPlan('direct');

/** Files with which no server starts, by their names in startup.json, and the additional arguments. */
const broken = [
  { name: 'start: broken hba', hba: 'local all all\n', args: [], cause: 'line-refused' },
  { name: 'start: empty hba', hba: '', args: [], cause: 'file-unreadable' },
  { name: 'start: missing hba', hba: '', args: ['hba_file=nosuch.conf'], cause: 'file-unreadable' },
];

describe.skipIf(!inNamespace || !corpusThere).each(majors)(
  'recorded starts, on PostgreSQL %i (the corpus is outside the repository)',
  (major) => {
    const layout = layoutOf({ ...start, server: { ...start.server, major, platform: 'source' } });
    const program = `${binaries(major)}/bin/postgres`;
    const account = accountNamed('postgres');
    let recorded: Record<string, Said>;
    const postgres = (args: readonly string[]) =>
      run(program, ['-D', layout.dataDirectory, ...args], { as: account, cwd: layout.dataDirectory });
    /** The text after the prefix of a log line, without the name of the data directory. */
    const lines = (stderr: string) =>
      stderr
        .replaceAll(`${layout.dataDirectory}/`, '')
        .split('\n')
        .flatMap((line) => /(?:LOG|FATAL|CONTEXT|HINT|DETAIL|WARNING): .*/.exec(line)?.[0] ?? []);

    beforeAll(async () => {
      await freshServer(major, 'postgres', layout);
      recorded = corpusAnswers<Said>('startup.json', must(program, ['--version']));
    });

    it('a value is rejected at the start as recorded, and Postern rejects what the server rejects', async () => {
      const cases = Object.entries(recorded).flatMap(([name, said]) => {
        const [, setting, value] = /^set (\w+)=(.*)$/s.exec(name) ?? [];
        return setting === undefined || value === undefined ? [] : [{ setting, value, said }];
      });
      expect(cases.length).toBeGreaterThan(50);
      const wrong: string[] = [];
      let compared = 0;
      for (const { setting, value, said } of cases) {
        // The program prints the value, or why it is rejected, and starts no server.
        const { code, stderr } = await postgres(['-C', setting, '-c', `${setting}=${value === '""' ? '' : value}`]);
        const refused = code !== 0;
        const words = lines(stderr);
        if (refused) expect([setting, value, said.started, said.log]).toEqual([setting, value, false, words]);
        const known = settingOf(setting, major);
        const problem = known ? valueProblem(known, value, major) : 'unknown';
        // The catalogue does not describe the syntax of texts, so for those only accepted values count.
        if (known?.type === 'string' && problem === undefined) continue;
        compared += 1;
        if ((problem !== undefined) !== refused)
          wrong.push(`${setting}=${value}: ${problem ?? 'taken'}; ${words.join(' ')}`);
      }
      expect(wrong).toEqual([]);
      expect(compared).toBeGreaterThan(30);
      conforms({
        target: 'postgresql.conf',
        files: ['postgresql.conf'],
        judgedBy: `PostgreSQL ${major}`,
        tried: 'values at the start, as recorded',
        plans: 0,
        cases: compared,
        reading: { major, disagreements: wrong.length },
        notCovered: 'what a text must look like',
      });
    });

    it('a pg_hba.conf that prevents a server from starting is rejected here too, and diagnose knows why', async () => {
      for (const { name, hba, args, cause } of broken) {
        const file = `${layout.configDirectory}/pg_hba.conf`;
        writeFileSync(file, hba);
        chownSync(file, account.uid, account.gid);
        const { code, stderr } = await postgres(args.flatMap((one) => ['-c', one]));
        const log = (recorded[name]?.log ?? []).map((line) => line.replaceAll('DATADIR/', ''));
        const said = lines(stderr).filter((line) => log.includes(line));
        expect({ name, code: code !== 0, said }).toEqual({ name, code: true, said: log });
        expect({ name, causes: diagnose(lines(stderr).join('\n')).causes.map(({ id }) => id) }).toEqual({
          name,
          causes: expect.arrayContaining([cause]),
        });
        const { records, refused } = parseHba(hba, { major });
        expect({ name, usable: refused.length === 0 && records.length > 0 }).toEqual({ name, usable: false });
      }
      conforms({
        target: 'refusals',
        files: ['the log'],
        judgedBy: `PostgreSQL ${major}`,
        tried: 'starts that fail: log and diagnosis',
        plans: broken.length,
        cases: broken.length,
        reading: { major, disagreements: 0 },
      });
    });
  },
);
