import { describe, expect, it } from 'vitest';
import { causes } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { identifier, literal } from '../harness/administer.ts';
import { majors } from '../harness/binaries.ts';
import { run } from '../harness/command.ts';
import { type HbaServer, hbaServer, PORT } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';

const database = `o'b"; drop table x; -- \\`;

/** One role for each cause, so that no cause finds what another did. */
const roleOf = (id: string) => `we"ird' \\ ${id}`;

/** What a fix changes, as a query that returns one row with `t`. */
const isFixed: Readonly<Record<string, (role: string) => string>> = {
  'role-missing': (role) => `select rolcanlogin from pg_authid where rolname = ${role}`,
  'role-unknown-to-password': (role) => `select rolpassword like 'SCRAM-%' from pg_authid where rolname = ${role}`,
  'md5-secret': (role) => `select rolpassword like 'SCRAM-%' from pg_authid where rolname = ${role}`,
  'password-expired': (role) =>
    `select rolvaliduntil between now() + '89 days' and now() + '91 days' from pg_authid where rolname = ${role}`,
  'role-may-not-log-in': (role) => `select rolcanlogin from pg_authid where rolname = ${role}`,
  'role-may-not-replicate': (role) => `select rolreplication from pg_authid where rolname = ${role}`,
  'database-not-granted': (role) => `select has_database_privilege(${role}, ${literal(database)}, 'connect')`,
};

/** As an administrator pastes it; without a terminal, psql reads the two answers to \password from its input. */
async function paste({ socketDirectory }: HbaServer, text: string) {
  const input = text.replaceAll(/^\\password .*$/gm, '$&\nnew secret\nnew secret');
  const { code, stdout, stderr } = await run(
    'setsid',
    ['-w', 'psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-f', '-'],
    {
      as: accountNamed('postgres'),
      input: `${input}\n`,
      env: { PGHOST: socketDirectory, PGPORT: String(PORT), PGUSER: 'postgres', PGDATABASE: 'postgres' },
    },
  );
  return { code, stdout, errors: stderr.split('\n').filter((line) => /error|fatal|invalid/i.test(line)) };
}

describe.skipIf(!inNamespace)('what a cause of a rejection gives to paste', () => {
  it.each(majors)('is accepted by PostgreSQL %i, whatever the names', async (major) => {
    const server = await hbaServer(major, ["password_encryption = 'md5'"]);
    let commands = 0;
    try {
      await server.client.query(`create database ${identifier(database)}`);
      await server.client.query(`revoke connect on database ${identifier(database)} from public`);
      for (const cause of causes) {
        const role = roleOf(cause.id);
        const given = cause.commands?.({
          role,
          database,
          address: '10.0.0.9',
          host: 'db.example.com',
          port: PORT,
          line: 1,
          file: `${server.folder}/pg_hba.conf`,
          major,
        });
        if (!given?.some(({ text }) => text.startsWith('CREATE ROLE')))
          await server.client.query(`create role ${identifier(role)} password 'old' valid until '2020-01-01'`);
        for (const { place, text } of given ?? []) {
          if (place === 'server-psql') {
            const { code, errors } = await paste(server, text);
            expect({ id: cause.id, text, code, errors }).toEqual({ id: cause.id, text, code: 0, errors: [] });
          } else if (place === 'pg_hba.conf') {
            server.write({ text: Buffer.from(`local all postgres trust\n${text}\n`), files: {} });
            await server.reload();
            const { rows } = await server.client.query(
              'select database, user_name, auth_method, error from pg_hba_file_rules where line_number = 2',
            );
            const expected = {
              database: [cause.id === 'no-entry-replication' ? 'replication' : database],
              user_name: [role],
            };
            expect(rows).toEqual([{ ...expected, auth_method: 'scram-sha-256', error: null }]);
          } else continue;
          commands++;
        }
        const fixed = isFixed[cause.id]?.(literal(role));
        if (fixed === undefined) continue;
        const { rows } = await server.client.query({ text: fixed, rowMode: 'array' });
        expect({ id: cause.id, rows }).toEqual({ id: cause.id, rows: [[true]] });
      }
    } finally {
      await server.stop();
    }
    expect(commands).toBeGreaterThan(60);
  });
});
