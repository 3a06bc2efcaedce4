import { appendFileSync, chownSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan } from '../../../app/core/index.ts';
import { run } from '../../server/harness/command.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { unpackBundle, untilWithLog } from './bundle.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const MAJOR = 14;
const bundle = `${own}/statistics-bundle`;
const start = defaultPlan('direct');
const plan = valid(
  { ...start, server: { ...start.server, major: MAJOR }, firewall: { ...start.firewall, kind: 'none' } },
  'a server with a folder for statistics',
);
/** As Debian's packages set it. */
const debian = `/var/run/postgresql/${MAJOR}-main.pg_stat_tmp`;
const other = '/run/postgresql/stats';

// PostgreSQL 15 keeps statistics in shared memory.
describe.skipIf(!inNamespace)(
  'the temporary server of the check leaves the statistics of the running one alone',
  () => {
    let server: AppliedServer;
    const rows = () => server.ask("select n_tup_ins from pg_stat_user_tables where relname = 'counted'");

    beforeAll(async () => {
      server = await appliedServer(plan);
      await unpackBundle(plan, bundle);
      const { uid, gid } = statSync(server.data);
      for (const folder of [debian, other]) {
        mkdirSync(folder, { recursive: true });
        chownSync(folder, uid, gid);
      }
      appendFileSync(`${server.config}/postgresql.conf`, `stats_temp_directory = '${debian}'\n`);
      await server.start();
      await server.ask('create table counted as select generate_series(1, 1000) as n');
      await untilWithLog('the rows are counted', async () => (await rows()) === '1000');
    });
    afterAll(() => server.end());

    it.each([
      { where: "Debian's default", folder: debian, statement: 'select 1' },
      { where: 'ALTER SYSTEM', folder: other, statement: `alter system set stats_temp_directory = '${other}'` },
    ])('in the folder of $where', async ({ folder, statement }) => {
      await server.ask(statement);
      await server.ask('select pg_reload_conf()');
      await untilWithLog('the folder is used', async () => {
        await rows();
        return readdirSync(folder).includes('global.stat');
      });
      let ended = false;
      const seen = new Set<string>();
      const inodes = () => readdirSync(folder).filter((name) => name.startsWith('db_'));
      const before = inodes();
      const dry = run('bash', [`${bundle}/database-server/apply.sh`, '--dry-run']).finally(() => {
        ended = true;
      });
      while (!ended) seen.add(await rows());
      const { code, stdout, stderr } = await dry;
      expect(code, stdout + stderr).toBe(0);
      expect(stdout).toContain('accepts them');
      seen.add(await rows());
      expect([...seen]).toEqual(['1000']);
      expect(inodes()).toEqual(expect.arrayContaining(before));
    });
  },
);
