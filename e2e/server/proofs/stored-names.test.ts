import { describe, expect, it } from 'vitest';
import { checkDatabase, checkRole, storedName } from '../../../app/core/testing/name.ts';
import { hostileNames } from '../../../app/core/testing/plan-arbitrary.ts';
import { identifier } from '../harness/administer.ts';
import { majors } from '../harness/binaries.ts';
import { hbaServer, PORT } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';
import { firstAnswer } from '../harness/startup.ts';

/** Names that look similar but differ on the server. */
const alike = [
  ['postgres', 'Postgres', 'postgres\ufe0f', 'p\u043estgres', '\uff50ostgres', 'postgres '],
  ['jos\u00e9', 'jose\u0301'],
  ['\u212b', '\u00c5', 'A\u030a'],
  ['a b', 'a\u00a0b'],
].flat();

/** Names around the length at which the server truncates, at the boundaries of characters of one to four bytes. */
const long = ['x', 'é', '日', '😀'].flatMap((character) =>
  [59, 60, 61, 62, 63].flatMap((start) => [1, 2, 30].map((count) => 'n'.repeat(start) + character.repeat(count))),
);

const reserved = ['public', 'none', 'pg_x', 'pg_monitor', 'pg_'];
const notReserved = ['PUBLIC', 'None', 'Pg_x', 'pgx', 'current_user', 'session_user', 'user', 'all', 'pg-x'];

describe.skipIf(!inNamespace)('names of roles and databases', () => {
  it.each(majors)('are stored by PostgreSQL %i as Postern says, and compared as stored', async (major) => {
    const server = await hbaServer(major);
    const { client } = server;
    const create = async (name: string) => {
      try {
        await client.query(`create role ${identifier(name)} login`);
        return 'created';
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    };
    try {
      const stored = new Set(['postgres']);
      for (const name of [...hostileNames, ...alike, ...long, ...notReserved]) {
        const kept = storedName(name);
        // 42710 is duplicate_object: the name is that of an existing role.
        expect([name, await create(name)]).toEqual([name, stored.has(kept) ? '42710' : 'created']);
        stored.add(kept);
        if (!checkRole(name)) expect(kept).toBe(name);
      }
      const { rows } = await client.query("select rolname from pg_roles where rolname !~ '^pg_'");
      expect(rows.map(({ rolname }) => rolname).sort()).toEqual([...stored].sort());
      // 42939 is reserved_name.
      for (const name of reserved) {
        expect([name, await create(name)]).toEqual([name, '42939']);
        expect([name, checkRole(name)?.id]).toEqual([name, 'name.reservedRole']);
      }
      for (const name of notReserved) expect([name, checkRole(name)]).toEqual([name, undefined]);
      for (const name of new Set([...hostileNames.slice(0, 12), ...notReserved, 'pg_x', 'public']))
        if (!checkDatabase(name)) {
          await client.query(`create database ${identifier(name)}`);
          const found = await client.query('select 1 from pg_database where datname = $1', [name]);
          expect([name, found.rowCount]).toEqual([name, 1]);
        }
      // In pg_hba.conf names are compared byte by byte: a record for one does not match the other.
      server.write({ text: Buffer.from('local all postgres trust\nhost all "postgres" all reject\n'), files: {} });
      await server.reload();
      for (const user of alike) {
        const answer = await firstAnswer({
          to: { host: '127.0.0.1', from: '127.0.0.1', port: PORT },
          tls: false,
          user,
          database: 'postgres',
        });
        const words = user === 'postgres' ? 'pg_hba.conf rejects connection' : 'no pg_hba.conf entry';
        expect('refusal' in answer && answer.refusal.startsWith(words), user).toBe(true);
      }
    } finally {
      await server.stop();
    }
  });
});
