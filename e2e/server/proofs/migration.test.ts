import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { type MigrationStep, planMigration } from '../../../app/core/index.ts';
import { identifier, literal } from '../harness/administer.ts';
import { majors } from '../harness/binaries.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { attempt, clientOf } from '../harness/connect.ts';
import { type HbaServer, hbaServer, PORT } from '../harness/hba-server.ts';
import { carry } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { firstAnswer } from '../harness/startup.ts';
import { until } from '../harness/until.ts';

const source = '198.51.100.5';
const target = '203.0.113.10';
const password = 'the password';

/** The clients: `app` has an MD5 hash, `web` a SCRAM hash, and the driver of `legacy` supports MD5 alone. */
const roles = ['app', 'web', 'legacy'] as const;

const RULES = `# Rules of the administrator
local all postgres trust
host  all app,web,legacy 198.51.100.0/24 md5 # the clients
host  all all            198.51.100.0/24 md5
`;

/** A running server before the migration, and what its clients can do. */
async function beforeMigration(major: number) {
  const server = await hbaServer(major, [
    "listen_addresses = '*'",
    'ssl = off # not yet',
    'password_encryption = md5 # for old drivers',
    "log_line_prefix = '%h '",
  ]);
  carry([source, target]);
  const { rows } = await server.client.query<{ config_file: string }>('show config_file');
  const confFile = rows[0]?.config_file ?? '';
  server.write({ text: Buffer.from(RULES), files: {} });
  await server.reload();
  await server.client.query('alter role postgres password null');
  for (const role of [...roles, 'forgotten']) await server.client.query(`create role ${role} login`);
  for (const role of ['app', 'legacy', 'forgotten'] as const) await setPassword(server, role);
  await server.client.query("set password_encryption = 'scram-sha-256'");
  await setPassword(server, 'web');
  await server.client.query('reset password_encryption');
  const now = { hba: RULES, conf: readFileSync(confFile, 'utf8') };
  const certificate = { cert: `${dirname(confFile)}/server.crt`, key: `${dirname(confFile)}/server.key` };
  const ca = () => readFileSync(certificate.cert, 'utf8');
  const asked = (role: string, tls: boolean) =>
    ({
      source,
      target,
      port: PORT,
      role,
      password,
      database: 'postgres',
      tls: tls ? { ca: ca(), name: 'localhost' } : null,
      replication: 'none',
    }) as const;
  const load = async (hba: string, conf: string) => {
    Object.assign(now, { hba, conf });
    server.write({ text: Buffer.from(hba), files: {} });
    writeFileSync(confFile, conf);
    await server.reload();
  };
  return {
    server,
    now: now as { readonly hba: string; readonly conf: string },
    certificate,
    load,
    /** Applies a step's files. Each must be an edit of the file as it is. */
    apply: async ({ files }: MigrationStep) => {
      for (const { name, before, after } of files) {
        expect(before).toBe(name === 'pg_hba.conf' ? now.hba : now.conf);
        if (name === 'pg_hba.conf') await load(after, now.conf);
        else await load(now.hba, after);
      }
    },
    /** Restores the files of a step as they were before it. */
    undo: async ({ files }: MigrationStep) => {
      for (const { name, before } of files) {
        if (name === 'pg_hba.conf') await load(before, now.conf);
        else await load(now.hba, before);
      }
    },
    login: async (role: string, tls = false) => {
      const outcome = await attempt(asked(role, tls));
      return outcome.kind === 'in' ? 'in' : outcome.message;
    },
    /** What the server requests of a client that supports MD5 alone; anything but md5 locks it out. */
    requested: async (role: string) => {
      const answer = await firstAnswer({
        to: { host: target, from: source, port: PORT },
        tls: false,
        user: role,
        database: 'postgres',
      });
      return 'method' in answer ? answer.method : answer.refusal;
    },
    /** What psql says, without the address; `in` if it logs in. */
    psql: async (role: string, { binding = 'require', sslmode = 'verify-full', port = PORT } = {}) => {
      const conninfo = `host=localhost hostaddr=${source} port=${port} dbname=postgres user=${role} sslmode=${sslmode} sslrootcert=${certificate.cert} channel_binding=${binding}`;
      const { code, stderr } = await run('psql', ['-w', '-c', 'select', '-d', conninfo], {
        env: { PGPASSWORD: password },
      });
      return code === 0 ? 'in' : stderr.replace(/^.*? failed: /s, '').trim();
    },
    /** Gives the server another certificate of its own. */
    certify: async (key: string) => {
      const { cert, key: file } = certificate;
      must('openssl', [
        ...['req', '-x509', '-nodes', '-newkey', key, '-keyout', file, '-out', cert],
        ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
      ]);
      await server.reload();
    },
    session: async (role: string, tls: boolean) => {
      const client = clientOf(asked(role, tls));
      await client.connect();
      return client;
    },
    rowsOf: async (sql: string | undefined) => (await server.client.query(sql ?? '')).rows,
  };
}

const setPassword = (server: HbaServer, role: string) =>
  server.client.query(`alter role ${identifier(role)} password ${literal(password)}`);

/** A proxy that terminates TLS with the server's own certificate, and connects to the server without TLS. */
async function terminatingProxy(files: { readonly cert: string; readonly key: string }) {
  const [cert, key] = [readFileSync(files.cert), readFileSync(files.key)];
  const proxy = createServer((near) => {
    // The client's first message requests TLS, and waits for the answer.
    near.once('data', () => {
      near.write('S');
      const client = new TLSSocket(near, { isServer: true, cert, key });
      const far = connect(PORT, source);
      for (const socket of [near, client, far]) socket.on('error', () => far.destroy());
      client.pipe(far).pipe(client);
    });
  });
  const port = 6432;
  await new Promise<void>((ready) => proxy.listen(port, source, ready));
  return { port, close: () => proxy.close() };
}

describe.skipIf(!inNamespace)('the migration of a running server', () => {
  it.each(majors)('from MD5 to SCRAM locks nobody out before its step says so: PostgreSQL %i', async (major) => {
    const at = await beforeMigration(major);
    const { server } = at;
    let logins = 0;
    try {
      const { steps, left } = planMigration({ goal: 'scram', major, ...at.now });
      expect(left).toEqual([]);
      const everyone = async (legacy = 'md5') => {
        const seen = { app: await at.login('app'), web: await at.login('web'), legacy: await at.requested('legacy') };
        expect(seen).toEqual({ app: 'in', web: 'in', legacy });
        logins += 3;
      };
      await everyone();
      let saved: readonly string[] = [];
      for (const step of steps) {
        await at.apply(step);
        if (step.id === 'scram-roles')
          expect((await at.rowsOf(step.sql)).map(({ role }) => role)).toEqual(['app', 'forgotten', 'legacy']);
        if (step.id === 'scram-saved') {
          saved = (await at.rowsOf(step.sql)).map(({ format }) => format);
          expect(saved).toHaveLength(3);
        }
        if (step.id === 'scram-encryption') {
          expect(at.now.conf).toContain("password_encryption = 'scram-sha-256' # for old drivers");
          const { rows } = await server.client.query('show password_encryption');
          expect(rows).toEqual([{ password_encryption: 'scram-sha-256' }]);
        }
        if (step.id === 'scram-passwords') {
          await setPassword(server, 'app');
          await setPassword(server, 'forgotten');
          await everyone();
          expect(await at.rowsOf(step.check.sql)).toEqual([expect.objectContaining({ role: 'legacy' })]);
          await setPassword(server, 'legacy');
          // The step says so of old drivers; a saved hash is the way back.
          await everyone('scram-sha-256');
          await server.client.query(saved.find((line) => line.includes('legacy')) ?? '');
          await everyone();
          await setPassword(server, 'legacy');
          expect(await at.rowsOf(step.check.sql)).toEqual([]);
        }
        const over = ['scram-passwords', 'scram-rules', 'scram-done', 'scram-binding'].includes(step.id);
        expect(step.locksOut !== undefined).toBe(over && step.id !== 'scram-done');
        await everyone(over ? 'scram-sha-256' : 'md5');
        if (step.id !== 'scram-rules') continue;
        expect(at.now.hba).toBe(RULES.replaceAll('md5', 'scram-sha-256'));
        // A role that was forgotten is locked out, the log says why, and the file from before allows it again.
        await server.client.query(saved.find((line) => line.includes('forgotten')) ?? '');
        const logged = server.log().length;
        expect(await at.login('forgotten')).toContain('password authentication failed');
        const [line] = /does not have a valid SCRAM \w+/.exec(server.log().slice(logged)) ?? [''];
        expect(line).not.toBe('');
        expect(step.check.text).toContain(line);
        await at.undo(step);
        expect(await at.login('forgotten')).toBe('in');
        await everyone('scram-sha-256');
        await at.apply(step);
      }
    } finally {
      await server.stop();
    }
    conforms({
      target: 'Migration to SCRAM',
      files: ['pg_hba.conf', 'postgresql.conf'],
      judgedBy: `PostgreSQL ${major}`,
      tried: 'every step of the plan on a running server: clients with an MD5 hash, a SCRAM hash and an old driver',
      plans: 1,
      cases: logins,
      notCovered: 'old drivers themselves: a request for SCRAM counts as a lock-out',
    });
  });

  it.each(majors)('from host to hostssl locks nobody out before its last step: PostgreSQL %i', async (major) => {
    const at = await beforeMigration(major);
    const { server } = at;
    let logins = 0;
    try {
      const { steps, left } = planMigration({ goal: 'tls', major, ...at.now });
      expect(left).toEqual([]);
      const expectLogins = async (expected: { readonly open: unknown; readonly tls: unknown }) => {
        expect({ open: await at.login('web'), tls: await at.login('app', true) }).toEqual(expected);
        logins += 2;
      };
      const everyone = { open: 'in', tls: 'in' };
      await expectLogins({ open: 'in', tls: expect.stringContaining('does not support SSL') });
      for (const step of steps) {
        await at.apply(step);
        if (step.id === 'tls-offered') expect(at.now.conf).toContain('ssl = on # not yet');
        if (step.id === 'tls-seen') {
          expect(at.now.conf).toMatch(/\nlog_connections = on\n$/);
          const open = [await at.session('web', false), await at.session('app', true)];
          expect(await at.rowsOf(step.sql)).toEqual([expect.objectContaining({ role: 'web', address: source })]);
          const log = await until('the log has both logins', () => {
            const lines: readonly string[] =
              server.log().match(/^.*connection authorized: user=(?:app|web) .*$/gm) ?? [];
            return lines.length >= 2 ? lines : undefined;
          });
          expect(log?.map((line) => [/user=(\w+)/.exec(line)?.[1], line.includes('SSL enabled')])).toEqual(
            expect.arrayContaining([
              ['web', false],
              ['app', true],
            ]),
          );
          for (const client of open) await client.end();
        }
        if (step.id === 'tls-split' && major >= 14) {
          const logged = server.log().length;
          await at.login('web');
          const place = await until('the log names the rule', () =>
            /connection authenticated: identity="web" .*(pg_hba\.conf:\d+\))/.exec(server.log().slice(logged)),
          );
          expect(step.text).toContain(place?.[1] ?? 'nothing');
        }
        expect(step.locksOut !== undefined).toBe(['tls-required', 'tls-binding'].includes(step.id));
        // Clients change in the last step, the server doesn't.
        if (step.id === 'tls-binding') continue;
        if (step.id !== 'tls-required') {
          await expectLogins(everyone);
          await at.undo(step);
          const offers = at.now.conf.includes('ssl = on # not yet');
          await expectLogins(offers ? everyone : { open: 'in', tls: expect.stringContaining('not support SSL') });
          await at.apply(step);
        } else {
          await expectLogins({ open: expect.stringMatching(/^no pg_hba\.conf entry/), tls: 'in' });
          expect(await at.rowsOf(step.check.sql)).toEqual([]);
          expect(at.now.hba).toBe(RULES.replaceAll('host  all', 'hostssl all'));
          await at.undo(step);
          const session = await at.session('web', false);
          await at.apply(step);
          expect((await session.query('select 1 as open')).rows).toEqual([{ open: 1 }]);
          await session.end();
        }
      }
      // Where a later rule would accept the same clients without a password, they are rejected instead.
      const wide = `${RULES}host all all all trust\n`;
      await at.load(wide, at.now.conf);
      for (const step of planMigration({ goal: 'tls', major, ...at.now }).steps) await at.apply(step);
      await expectLogins({ open: expect.stringMatching(/^pg_hba\.conf rejects connection/), tls: 'in' });
    } finally {
      await server.stop();
    }
    conforms({
      target: 'Migration to TLS',
      files: ['pg_hba.conf', 'postgresql.conf'],
      judgedBy: `PostgreSQL ${major}`,
      tried: 'every step of the plan and its way back on a running server: clients with and without TLS',
      plans: 2,
      cases: logins,
      notCovered: 'clients with GSS encryption',
    });
  });

  it.each(majors)(
    'lets a client require channel binding once both goals are reached, and not before: PostgreSQL %i',
    async (major) => {
      const at = await beforeMigration(major);
      const { server } = at;
      try {
        expect(await at.psql('web', { sslmode: 'prefer' })).toBe('channel binding required, but SSL not in use');
        for (const step of planMigration({ goal: 'tls', major, ...at.now }).steps) await at.apply(step);
        const md5 = "channel binding required but not supported by server's authentication request";
        expect({ app: await at.psql('app'), web: await at.psql('web') }).toEqual({ app: md5, web: 'in' });
        for (const step of planMigration({ goal: 'scram', major, ...at.now }).steps) {
          await at.apply(step);
          if (step.id === 'scram-passwords') await setPassword(server, 'app');
        }
        expect({ app: await at.psql('app'), web: await at.psql('web') }).toEqual({ app: 'in', web: 'in' });

        // RFC 5929 defines no binding for a certificate that is signed without a hash; libpq binds by default.
        await at.certify('ed25519');
        const undefinedHash = 'could not find digest for NID UNDEF';
        expect(await at.psql('app')).toBe(undefinedHash);
        expect(await at.psql('app', { binding: 'prefer' })).toBe(undefinedHash);
        expect(await at.psql('app', { binding: 'disable' })).toBe('in');
        await at.certify('rsa-pss');
        expect(await at.psql('app')).toBe('in');

        await at.load('hostssl all all all trust\n', at.now.conf);
        expect(await at.psql('app')).toBe(
          'channel binding required, but server authenticated client without channel binding',
        );
        await at.load('host all all all scram-sha-256\n', at.now.conf);
        const proxy = await terminatingProxy(at.certificate);
        try {
          expect(await at.psql('app', { port: proxy.port })).toBe(
            'channel binding is required, but server did not offer an authentication method that supports channel binding',
          );
        } finally {
          proxy.close();
        }
      } finally {
        await server.stop();
      }
    },
  );

  it.each(majors)('without postgresql.conf uses ALTER SYSTEM, and resets it: PostgreSQL %i', async (major) => {
    const at = await beforeMigration(major);
    const { client } = at.server;
    const runAll = async (sql: string | undefined) => {
      for (const statement of (sql ?? '').split(';\n')) await client.query(statement);
    };
    try {
      for (const [goal, id, name, before, after] of [
        ['scram', 'scram-encryption', 'password_encryption', 'md5', 'scram-sha-256'],
        ['tls', 'tls-offered', 'ssl', 'off', 'on'],
      ] as const) {
        const step = planMigration({ goal, major, hba: RULES }).steps.find((one) => one.id === id);
        const isSet = (value: string) => async () => (await client.query(`show ${name}`)).rows[0]?.[name] === value;
        await until(`${name} is ${before}`, isSet(before));
        await runAll(step?.sql);
        await until(`${name} is ${after}`, isSet(after));
        await runAll(step?.check.sql);
        await runAll(step?.back.sql);
        await until(`${name} is ${before} again`, isSet(before));
      }
    } finally {
      await at.server.stop();
    }
  });
});
