import { afterAll, describe, expect, it } from 'vitest';
import type { FileRule } from '../../../app/core/index.ts';
import { amount } from '../harness/amount.ts';
import { fromDebian, majors } from '../harness/binaries.ts';
import { Chance } from '../harness/chance.ts';
import { conforms } from '../harness/conformance.ts';
import { answerOf, recordAnswers } from '../harness/hba-answers.ts';
import { trickyFiles } from '../harness/hba-files.ts';
import { readRules, shownRules } from '../harness/hba-rules.ts';
import { type HbaFiles, hbaServer } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';

/** Number of generated files per major. */
const each = amount(300);
/** `POSTERN_HBA_SEED` repeats the files of an earlier run. */
const firstSeed = Number(process.env.POSTERN_HBA_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Number of files whose rows are recorded with POSTERN_RECORD. */
const RECORDED = 120;

/** The file without lines that do not affect the disagreement. */
async function smaller(files: HbaFiles, differs: (files: HbaFiles) => Promise<boolean>): Promise<HbaFiles> {
  let least = files;
  for (let parts = least.text.toString('latin1').split('\n'), at = 0; at < parts.length; ) {
    const fewer = parts.toSpliced(at, 1);
    const candidate = { ...least, text: Buffer.from(fewer.join('\n'), 'latin1') };
    if (await differs(candidate)) {
      least = candidate;
      parts = fewer;
    } else at += 1;
  }
  for (const name of Object.keys(least.files)) {
    const { [name]: _, ...rest } = least.files;
    if (await differs({ ...least, files: rest })) least = { ...least, files: rest };
  }
  return least;
}

describe.skipIf(!inNamespace)('fileRules', () => {
  let [allFiles, allRows] = [0, 0];

  it.each(majors)('shows every generated file as pg_hba_file_rules of PostgreSQL %i does', async (major) => {
    const server = await hbaServer(major);
    let [files, rows] = [0, 0];
    const both = async (tricky: HbaFiles) => {
      server.write(tricky);
      return { server: await shownRules(server), ours: readRules(tricky, major) };
    };
    const same = (one: { server: FileRule[]; ours: FileRule[] }) =>
      JSON.stringify(one.ours) === JSON.stringify(one.server);
    try {
      for (let seed = firstSeed; seed < firstSeed + each; seed++) {
        const tricky = trickyFiles(new Chance(seed), major);
        const answers = await both(tricky);
        if (!same(answers)) {
          const least = await smaller(tricky, async (candidate) => !same(await both(candidate)));
          const { ours, server: theirs } = await both(least);
          const named = {
            seed,
            text: least.text.toString('utf8'),
            files: Object.entries(least.files).map(([n, c]) => [n, c.toString('utf8')]),
          };
          expect({ ...named, rows: ours }).toEqual({ ...named, rows: theirs });
        }
        files += 1;
        rows += answers.server.length;
      }
      if (process.env.POSTERN_RECORD && fromDebian(major)) {
        const answers = [];
        for (let seed = 1; seed <= RECORDED; seed++) {
          const tricky = trickyFiles(new Chance(seed), major);
          answers.push(answerOf(tricky, (await both(tricky)).server));
        }
        const version = await server.client.query<{ version: string }>('select version()');
        recordAnswers(major, version.rows[0]?.version.split(' on ')[0] ?? '', answers);
      }
    } finally {
      await server.stop();
    }
    conforms({
      target: 'pg_hba.conf',
      files: ['pg_hba.conf'],
      judgedBy: `pg_hba_file_rules of PostgreSQL ${major}`,
      tried: 'rows of generated files, column by column',
      plans: files,
      cases: rows,
      reading: { major, disagreements: 0 },
      notCovered: fromDebian(major)
        ? 'sspi and bsd: the server of the tests is built without them'
        : 'gss, ldap, pam, sspi and bsd: the servers of the tests are built without them',
    });
    allFiles += files;
    allRows += rows;
  });

  afterAll(() => console.info(`fileRules: ${allFiles} generated files, ${allRows} rows, from seed ${firstSeed}`));
});
