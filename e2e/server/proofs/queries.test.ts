import { utimesSync } from 'node:fs';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { identifier, literal } from '../harness/administer.ts';
import { majors } from '../harness/binaries.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { clientOf } from '../harness/connect.ts';
import { type Deployment, deploy } from '../harness/deployment.ts';
import { freshLogFolder } from '../harness/log-folder.ts';
import { carry } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { valid } from '../harness/plans.ts';
import { reload } from '../harness/reload.ts';

const source = '198.51.100.5';
const target = '203.0.113.10';

/** Roles by what the queries have to report about them. */
const roles = { tls: 'with tls', open: "in the o'pen", certificate: 'by certificate', old: 'größe' };

const planned = (major: number): Plan => {
  const start = defaultPlan('direct');
  const [first] = start.clients;
  const client = (name: string, changes: object) => ({ ...first, name, roles: [name], ...changes });
  return valid(
    {
      ...start,
      server: { ...start.server, major },
      clients: [
        client(roles.tls, {}),
        client(roles.open, { tls: 'allow', verify: 'none' }),
        client(roles.certificate, { auth: { method: 'cert' } }),
        client(roles.old, {}),
      ],
      monitoring: { ...start.monitoring, queries: true, log: major >= 15 ? 'jsonlog' : 'stderr' },
    },
    'queries',
  );
};

describe.skipIf(!inNamespace).each(majors)('queries.sql on PostgreSQL %i', (major) => {
  const plan = planned(major);
  const { files } = generate(plan);
  let stands: Deployment;
  const open: Client[] = [];
  let answers: ReadonlyMap<string, readonly string[]>;

  const session = async (role: string, tls: boolean) => {
    carry([source]);
    const certificate = stands.certificates.clients.get(role);
    const client = clientOf({
      source,
      target,
      port: 5432,
      role,
      database: 'app',
      password: stands.passwordOf(role),
      replication: 'none',
      tls: tls ? { ca: stands.certificates.ca, name: 'db.example.com' } : null,
      ...(certificate ? { certificate } : {}),
    });
    await client.connect();
    open.push(client);
  };

  /** The rows below each title, by the first words of the title. */
  async function ask(): Promise<ReadonlyMap<string, readonly string[]>> {
    const { code, stdout, stderr } = await run('psql', ['-X', '-A', '-f', '-'], {
      as: accountNamed('postgres'),
      input: fileAt(files, 'database-server/queries.sql').content,
      env: { PGHOST: '/var/run/postgresql', PGDATABASE: 'postgres' },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const parts = stdout.split(/\n\(\d+ rows?\)\n/).map((part) => part.replace(/^[\s\S]*?(?=^[A-Z])/m, ''));
    return new Map(
      parts
        .map((part) => part.split('\n'))
        .filter(([title = '']) => title !== '')
        .map(([title = '', , ...rows]) => [title.split(' ').slice(0, 3).join(' '), rows]),
    );
  }

  beforeAll(async () => {
    freshLogFolder();
    stands = await deploy(plan, files);
    const { administrator: admin } = stands;
    await admin.must(
      `set password_encryption = 'md5'; alter role ${identifier(roles.old)} password ${literal('old')};
       alter role ${identifier(roles.tls)} valid until 'tomorrow'; alter role ${identifier(roles.open)} valid until '2100-01-01';`,
    );
    await session(roles.tls, true);
    await session(roles.open, false);
    await session(roles.certificate, true);
    const refused = {
      title: '',
      source,
      target,
      database: 'app',
      tls: true,
      replication: 'none',
      certificate: null,
    } as const;
    await stands.knock({ ...refused, role: roles.old, password: 'wrong', expected: { by: 'pg_hba.conf' } });
    await stands.knock({ ...refused, role: roles.old, password: 'wrong', expected: { by: 'pg_hba.conf' } });
    // A setting that awaits a restart, a record that is ignored, a certificate newer than the reload.
    await admin.must('alter system set max_connections = 77;');
    must('sh', ['-c', `echo 'host app nobody 10.0.0.300/32 trust' >> /etc/postgresql/${major}/main/pg_hba.conf`]);
    await reload(stands, async () => undefined);
    const later = new Date(Date.now() + 3_600_000);
    const [file] = await admin.rows<{ setting: string }>(
      "select setting from pg_settings where name = 'ssl_cert_file'",
    );
    utimesSync(file?.setting ?? '', later, later);
    answers = await ask();
  });
  afterAll(async () => {
    await Promise.all(open.map((client) => client.end().catch(() => undefined)));
    await stands?.stop();
  });

  const rows = (title: string): readonly string[] => {
    const found = answers.get(title);
    if (!found) throw new Error(`no answer ${title}, but ${[...answers.keys()].join('; ')}`);
    return found;
  };

  it('reports each fact about the roles that it applies to, and no other', () => {
    expect(rows('Network sessions without')).toEqual([expect.stringContaining(`|${roles.open}|app|${source}|`)]);
    expect(rows('Roles whose password')).toEqual([`${roles.old}|t`]);
    expect(rows('Client certificates in')).toEqual([
      expect.stringMatching(new RegExp(`^${roles.certificate}\\|${source}.*\\|.*CN=${roles.certificate}`)),
    ]);
    const renewed = rows('TLS files; a');
    expect(renewed.find((row) => row.startsWith('ssl_cert_file|'))).toMatch(/\|t$/);
    expect(renewed.find((row) => row.startsWith('ssl_key_file|'))).toMatch(/\|f$/);
    expect(rows('Passwords that have')).toEqual([expect.stringMatching(new RegExp(`^${roles.tls}\\|.*\\|f$`))]);
    expect(rows('Rules of pg_hba.conf')).toEqual([expect.stringContaining('10.0.0.300')]);
    expect(rows('Settings that require')).toEqual([
      expect.stringMatching(/^max_connections\|100\|77\|.*postgresql\.auto\.conf/),
    ]);
    if (major >= 14) expect(rows('Sessions that ended')).toEqual([]);
    if (major >= 15)
      expect(rows('Rejected and failed')).toEqual([
        expect.stringMatching(new RegExp(`^${source}\\|.*\\|app\\|password authentication failed .*\\|2\\|`)),
      ]);
    conforms({
      target: 'Monitoring queries',
      files: ['queries.sql'],
      judgedBy: `psql, PostgreSQL ${major}`,
      tried: 'a session or a fault of each kind, told by its query and by no other',
      plans: 1,
      cases: answers.size,
    });
  });

  it('changes nothing', async () => {
    const text = fileAt(files, 'database-server/queries.sql').content;
    const { code, stderr } = await run('psql', ['-X', '-f', '-'], {
      as: accountNamed('postgres'),
      input: `${text}\ncreate table postern_written (x int);`,
      env: { PGHOST: '/var/run/postgresql', PGDATABASE: 'postgres' },
    });
    expect(code === 0 && stderr).toContain('read-only transaction');
  });
});
