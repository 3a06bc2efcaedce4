import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../../app/core/index.ts';
import { binaries, majors } from '../harness/binaries.ts';
import { must } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { attempt } from '../harness/connect.ts';
import { corpusAnswers, corpusFiles, corpusThere } from '../harness/corpus.ts';
import { readRules, shownRules } from '../harness/hba-rules.ts';
import { type HbaServer, hbaServer, PORT } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';

interface Said {
  readonly client: readonly string[];
  readonly log: readonly string[];
}

/** How the roles of passwords.json were created; `nosuch` does not exist. */
const roles = [
  "set password_encryption = 'md5'",
  "create role u_md5 login password 'pw'",
  "set password_encryption = 'scram-sha-256'",
  "create role u_scram login password 'pw'",
  'create role u_none login',
  "create role u_expired login password 'pw' valid until '2000-01-01'",
];

/** Why each is rejected, as `diagnose` names it. */
const reasons: Readonly<Record<string, string>> = {
  u_none: 'no-password-stored',
  u_expired: 'password-expired',
  nosuch: 'role-unknown-to-password',
};

/** Since 19, after a login with an MD5 hash (`md5_password_warnings`); the recorded servers are older. */
const md5Warning = 'DETAIL:  MD5 password support is deprecated and will be removed in a future release of PostgreSQL.';

describe.skipIf(!inNamespace || !corpusThere).each(majors)(
  'real files and recorded server output, on PostgreSQL %i (the corpus is outside the repository)',
  (major) => {
    let server: HbaServer;
    beforeAll(async () => {
      server = await hbaServer(major);
      for (const statement of roles) await server.client.query(statement);
    });
    afterAll(() => server.stop());

    it('every real pg_hba.conf has the rows of pg_hba_file_rules', async () => {
      const files = corpusFiles('hba');
      expect(files.length).toBeGreaterThan(0);
      let rows = 0;
      for (const { name, text } of files) {
        const tricky = { text, files: {} };
        server.write(tricky);
        const shown = await shownRules(server);
        expect({ name, rows: readRules(tricky, major) }).toEqual({ name, rows: shown });
        rows += shown.length;
      }
      conforms({
        target: 'pg_hba.conf',
        files: ['pg_hba.conf'],
        judgedBy: `pg_hba_file_rules of PostgreSQL ${major}`,
        tried: 'rows of real files, column by column',
        plans: files.length,
        cases: rows,
        reading: { major, disagreements: 0 },
      });
    });

    it('each method with each kind of secret has the recorded result, and diagnose knows why', async () => {
      const version = must(`${binaries(major)}/bin/postgres`, ['--version']);
      const recorded = Object.entries(corpusAnswers<Said>('passwords.json', version)).filter(([name]) =>
        / \/ .* \/ /.test(name),
      );
      expect(recorded.length).toBeGreaterThan(15);
      for (const [name, said] of recorded) {
        const [method = '', role = '', password = ''] = name.split(' / ');
        server.write({ text: Buffer.from(`host all all all ${method}\n`), files: {} });
        await server.reload();
        const before = server.log().length;
        const answer = await attempt({
          source: '127.0.0.1',
          target: '127.0.0.1',
          port: PORT,
          role,
          database: 'postgres',
          password,
          tls: null,
          replication: 'none',
        });
        const client = answer.kind === 'in' ? ['OK'] : [`FATAL:  ${answer.message}`];
        const log = server.log().slice(before).replaceAll(`${server.folder}/`, '').split('\n');
        const details = log.flatMap((line) => /DETAIL: .*|\tConnection matched .*/.exec(line)?.[0] ?? []);
        const warned = major >= 19 && answer.kind === 'in' && role === 'u_md5' ? [md5Warning] : [];
        expect({ name, client, log: details }).toEqual({ name, client: said.client, log: [...said.log, ...warned] });
        if (answer.kind === 'in') continue;
        const found = diagnose([...client, ...details].join('\n')).causes.map(({ id }) => id);
        const md5 = method === 'scram-sha-256' && role === 'u_md5' ? 'md5-secret' : 'wrong-password';
        expect({ name, found }).toEqual({ name, found: expect.arrayContaining([reasons[role] ?? md5]) });
      }
      conforms({
        target: 'refusals',
        files: ['the log'],
        judgedBy: `PostgreSQL ${major}`,
        tried: 'methods with kinds of secrets: client, log, diagnosis',
        plans: 3,
        cases: recorded.length,
        reading: { major, disagreements: 0 },
        notCovered: 'channel binding, which the proofs of libpq try',
      });
    });
  },
);
