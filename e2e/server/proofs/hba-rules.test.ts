import { afterAll, describe, expect, it } from 'vitest';
import { type FileRule, fileRules } from '../../../app/core/index.ts';
import { majors } from '../harness/binaries.ts';
import { Chance } from '../harness/chance.ts';
import { conforms } from '../harness/conformance.ts';
import { trickyFiles } from '../harness/hba-files.ts';
import { builtIn, type HbaFiles, type HbaServer, hbaServer } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';

/** Generated files a major; `POSTERN_HBA_FILES=100000 npm run test:server` is a longer run. */
const each = Number(process.env.POSTERN_HBA_FILES ?? 2600);
/** `POSTERN_HBA_SEED` tries the files of an earlier run again. */
const firstSeed = Number(process.env.POSTERN_HBA_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** The rows of the view, with the folder of the file as this project's messages name it. */
async function shown({ client, folder }: HbaServer): Promise<FileRule[]> {
  const { rows } = await client.query<{ rows: string }>(
    "select coalesce(json_agg(r), '[]')::text as rows from pg_hba_file_rules r",
  );
  return JSON.parse(
    (rows[0]?.rows ?? '')
      .replaceAll(`${folder}/`, 'DATADIR/')
      .replaceAll(folder, 'DATADIR')
      .replaceAll(`${own}/`, 'DATADIR/../'),
  );
}

const read = ({ text, files }: HbaFiles, major: number): FileRule[] =>
  fileRules(text.toString('utf8'), {
    major,
    files: Object.fromEntries(Object.entries(files).map(([name, content]) => [name, content.toString('utf8')])),
    methods: builtIn,
  });

/** The lines that do not change the disagreement, taken out. */
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
  let files = 0;
  let rows = 0;

  it.each(majors)(
    'shows every generated file as pg_hba_file_rules of PostgreSQL %i does',
    async (major) => {
      const server = await hbaServer(major);
      const both = async (tricky: HbaFiles) => {
        server.write(tricky);
        return { server: await shown(server), ours: read(tricky, major) };
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
      } finally {
        await server.stop();
      }
    },
    600_000,
  );

  afterAll(() => {
    console.info(`fileRules: ${files} generated files, ${rows} rows, from seed ${firstSeed}`);
    if (files > 0)
      conforms({
        target: 'pg_hba.conf as Postern reads it',
        files: ['pg_hba.conf'],
        judgedBy: `pg_hba_file_rules of PostgreSQL ${majors.join(', ')}`,
        tried: `generated files, every row and column, no disagreement`,
        plans: 0,
        cases: files,
        notCovered: 'gss, ldap, pam, sspi and bsd: the servers of the tests are built without them',
      });
  });
});
