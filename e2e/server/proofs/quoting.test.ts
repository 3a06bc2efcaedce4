import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conf, confComment, confName, confValue } from '../../../app/core/quote/conf.ts';
import { hbaComment } from '../../../app/core/quote/hba.ts';
import { sqlComment } from '../../../app/core/quote/sql.ts';
import { commentText } from '../../../app/core/testing/comment-arbitrary.ts';
import { hostileNames } from '../../../app/core/testing/plan-arbitrary.ts';
import { accountNamed } from '../harness/accounts.ts';
import { binaries, majors } from '../harness/binaries.ts';
import { must, run } from '../harness/command.ts';
import { shownRules } from '../harness/hba-rules.ts';
import { hbaServer, PORT } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';

describe.skipIf(!inNamespace)('postgresql.conf with hostile strings', () => {
  it.each(majors)('PostgreSQL %i reads every value unchanged', async (major) => {
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

describe.skipIf(!inNamespace)('hostile comments', () => {
  const texts = fc.sample(commentText, 300);

  it.each(majors)(
    'do not affect any record, setting or statement below them in PostgreSQL %i and psql',
    async (major) => {
      const settings = texts.flatMap((text, index) => [...confComment(text), `comments.s${index} = ${index}`]);
      const server = await hbaServer(major, settings);
      try {
        const { rows } = await server.client.query<{ name: string; setting: string; error: string | null }>(
          "select name, setting, error from pg_file_settings where name like 'comments.%' or error is not null order by seqno",
        );
        expect(rows).toEqual(
          texts.map((_, index) => ({ name: `comments.s${index}`, setting: `${index}`, error: null })),
        );

        const records = texts.flatMap((text, index) => [...hbaComment(text), `local db${index} all peer`]);
        server.write({ text: Buffer.from(`${records.join('\n')}\n`), files: {} });
        const shown = await shownRules(server);
        expect(shown.map(({ database, error }) => [database, error])).toEqual(
          texts.map((_, index) => [[`db${index}`], null]),
        );

        // The server has not read those records, so that psql still gets in.
        const script = texts.flatMap((text, index) => [...sqlComment(text), `SELECT ${index};`]);
        writeFileSync(`${own}/comments.sql`, `${script.join('\n')}\n`);
        const to = ['-h', server.socketDirectory, '-p', `${PORT}`, '-U', 'postgres', '-d', 'postgres'];
        const ran = await run('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', ...to, '-f', `${own}/comments.sql`]);
        expect(ran, ran.stderr).toMatchObject({ code: 0, stderr: '' });
        expect(ran.stdout.trim().split('\n')).toEqual(texts.map((_, index) => `${index}`));
      } finally {
        await server.stop();
      }
    },
  );
});
