import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultClient, defaultPlan, generate, ownAuthority, type Plan } from '../../../app/core/index.ts';
import { accountNamed, visitor } from '../harness/accounts.ts';
import { majors } from '../harness/binaries.ts';
import { fileAt, type ProvenFile } from '../harness/bundle.ts';
import { must, type Ran, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { type Deployment, deploy } from '../harness/deployment.ts';
import { carry, comeFrom } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { onMajor, valid } from '../harness/plans.ts';
import { reload } from '../harness/reload.ts';
import { place } from '../harness/writable.ts';

const ways = [
  { source: '198.51.100.1', target: '203.0.113.10' },
  { source: '2001:db8:20::1', target: '2001:db8:10::10' },
] as const;

/** One role by certificate alone, one by certificate and password, one by password. */
function plan(major: number): Plan {
  const start = onMajor(defaultPlan('direct'), major);
  const client = (role: string, method: 'cert' | 'cert+scram' | 'scram') => ({
    ...defaultClient('public'),
    name: role,
    roles: [role],
    databases: ['app'],
    sources: ['198.51.100.0/28', '2001:db8:20::/64'],
    auth: { method } as const,
  });
  return valid(
    {
      ...start,
      // The title makes the script's folder in the tests one of its own.
      server: { ...start.server, name: `db${major}.example.com` },
      security: { ...start.security, certificate: { ...ownAuthority, revocation: true } },
      clients: [client('payroll', 'cert'), client('audit', 'cert+scram'), client('app', 'scram')],
    },
    'revocation',
  );
}

/** The administrator's machine and the server, and what goes from one to the other. */
class Machines {
  constructor(
    readonly stands: Deployment,
    readonly made: string,
    readonly files: readonly ProvenFile[],
  ) {}

  read = (name: string): string => readFileSync(join(this.made, name), 'utf8');

  make = async (...words: readonly string[]): Promise<Ran> => {
    const ran = await run('bash', ['make-certificates.sh', ...words], {
      as: visitor,
      cwd: dirname(this.made),
      limit: 120,
    });
    expect(ran, `${ran.stdout}${ran.stderr}`).toMatchObject({ code: 0 });
    return ran;
  };

  /** What the README says after each change: copy, install, reload. */
  install = async (): Promise<void> => {
    const folder = `${own}/installing`;
    must('rm', ['-rf', folder]);
    mkdirSync(folder);
    for (const name of ['server.crt', 'server.key', 'ca.crt', 'ca.crl']) must('cp', [join(this.made, name), folder]);
    place(
      `${folder}/install-certificates.sh`,
      fileAt(this.files, 'database-server/install-certificates.sh').content,
      0o755,
    );
    await reload(this.stands, async () => {
      const ran = await run('bash', ['install-certificates.sh'], { cwd: folder });
      expect(ran, `${ran.stdout}${ran.stderr}`).toMatchObject({ code: 0 });
    });
  };

  pair = (role: string) => ({ cert: this.read(`clients/${role}.crt`), key: this.read(`clients/${role}.key`) });

  /** psql at the client's place, with the files that it was handed. */
  knock = async (
    { source, target }: (typeof ways)[number],
    role: string,
    certificate?: { readonly cert: string; readonly key: string },
    ca: string = this.read('ca.crt'),
  ): Promise<Outcome> => {
    carry([source]);
    comeFrom(source, target);
    const at = (name: string) => join(visitor.home, name);
    place(at('root.crt'), ca, 0o644, visitor);
    place(at('own.crt'), certificate?.cert ?? '', 0o644, visitor);
    place(at('own.key'), certificate?.key ?? '', 0o600, visitor);
    const name = this.stands.plan.server.name ?? '';
    const files = certificate ? { PGSSLCERT: at('own.crt'), PGSSLKEY: at('own.key') } : { PGSSLCERT: at('none') };
    const { code, stdout, stderr } = await run('psql', ['-X', '-A', '-t', '-w', '-c', 'select current_user'], {
      as: visitor,
      env: {
        PGHOST: name,
        PGHOSTADDR: target,
        PGUSER: role,
        PGDATABASE: 'app',
        PGSSLMODE: 'verify-full',
        PGSSLROOTCERT: at('root.crt'),
        PGCONNECT_TIMEOUT: '10',
        PGPASSWORD: role === 'payroll' ? '' : this.stands.passwordOf(role),
        ...files,
      },
    });
    return code === 0 ? { kind: 'in', user: stdout.trim() } : { kind: 'refused', message: stderr };
  };
}

type Outcome = { readonly kind: 'in'; readonly user: string } | { readonly kind: 'refused'; readonly message: string };

async function during(major: number, ask: (machines: Machines) => Promise<void>): Promise<void> {
  const made = plan(major);
  must('rm', ['-rf', `${own}/certificates`]);
  const { files } = generate(made);
  const stands = await deploy(made, files);
  try {
    if (!stands.certificates.folder) throw new Error('the plan has an authority of its own');
    await ask(new Machines(stands, stands.certificates.folder, files));
  } finally {
    await stands.stop();
  }
}

const served = async (): Promise<string> => {
  const { stdout } = await run('openssl', ['s_client', '-starttls', 'postgres', '-connect', '203.0.113.10:5432']);
  const [certificate = ''] = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(stdout) ?? [];
  return must('openssl', ['x509', '-noout', '-serial'], certificate);
};
const serial = (pem: string): string => must('openssl', ['x509', '-noout', '-serial'], pem);

describe.skipIf(!inNamespace)('certificates through their life', () => {
  let cases = 0;
  const counted = async (outcome: Promise<Outcome>, kind: Outcome['kind']): Promise<Outcome> => {
    const came = await outcome;
    expect(came, JSON.stringify(came)).toMatchObject({ kind });
    cases += 1;
    return came;
  };

  for (const major of majors)
    it(`PostgreSQL ${major} refuses the revoked one, keeps the others, and takes a renewed one without ending a session`, async () => {
      await during(major, async (machines) => {
        const { stands } = machines;
        const [payroll, audit] = [machines.pair('payroll'), machines.pair('audit')];
        for (const way of ways) {
          await counted(machines.knock(way, 'payroll', payroll), 'in');
          await counted(machines.knock(way, 'audit', audit), 'in');
          await counted(machines.knock(way, 'app'), 'in');
        }

        // A renewed server certificate, with a session that was there before and is there after.
        const session = new Client({
          host: ways[0].target,
          user: 'app',
          database: 'app',
          password: stands.passwordOf('app'),
          ssl: { ca: machines.read('ca.crt'), servername: stands.plan.server.name ?? '' },
        });
        session.on('error', () => undefined);
        comeFrom(ways[0].source, ways[0].target);
        await session.connect();
        const before = await served();
        await machines.make('renew', 'server', 'payroll');
        expect(await served()).toBe(before);
        await machines.install();
        expect(await served()).not.toBe(before);
        expect(await served()).toBe(serial(machines.read('server.crt')));
        expect((await session.query('select 1 as still')).rows).toEqual([{ still: 1 }]);

        // The one from before the renewal counts until it is revoked, and revoking takes back both.
        const renewed = machines.pair('payroll');
        expect(renewed).not.toEqual(payroll);
        for (const way of ways)
          for (const pair of [payroll, renewed]) await counted(machines.knock(way, 'payroll', pair), 'in');
        await machines.make('revoke', 'payroll');
        await counted(machines.knock(ways[0], 'payroll', renewed), 'in');
        await machines.install();
        for (const way of ways) {
          for (const pair of [payroll, renewed]) {
            const refused = await counted(machines.knock(way, 'payroll', pair), 'refused');
            expect(JSON.stringify(refused)).toMatch(/certificate revoked|REVOKED/i);
          }
          await counted(machines.knock(way, 'audit', audit), 'in');
          await counted(machines.knock(way, 'app'), 'in');
        }
        expect((await session.query('select 2 as still')).rows).toEqual([{ still: 2 }]);
        await session.end();

        // Let in again, with a new key.
        await machines.make('renew', 'payroll');
        await machines.install();
        await counted(machines.knock(ways[1], 'payroll', machines.pair('payroll')), 'in');
        await counted(machines.knock(ways[1], 'payroll', payroll), 'refused');

        // A list that has expired refuses whoever shows a certificate, and nobody else.
        const folder = join(machines.made, 'authority-1');
        const past = ['-crl_lastupdate', '20200101000000Z', '-crl_nextupdate', '20200201000000Z'];
        const list = ['-cert', `${folder}/ca.crt`, '-keyfile', `${folder}/ca.key`, '-gencrl', ...past];
        const ran = await run('openssl', ['ca', '-config', 'authority-1/revocation.cnf', ...list], {
          cwd: machines.made,
        });
        expect(ran.stdout, ran.stderr).toContain('BEGIN X509 CRL');
        const crl = `/etc/postgresql/${major}/main/postern-ca.crl`;
        await reload(stands, async () => place(crl, ran.stdout, 0o644, accountNamed(stands.layout.account)));
        for (const way of ways) {
          await counted(machines.knock(way, 'audit', audit), 'refused');
          await counted(machines.knock(way, 'app'), 'in');
        }
        await machines.make('renew', 'audit');
        await machines.install();
        await counted(machines.knock(ways[0], 'audit', machines.pair('audit')), 'in');
      });
    });

  const ends = [...new Set([majors[0] ?? 18, majors.at(-1) ?? 18])];
  it.each(ends)(
    'an authority gives way to the next on PostgreSQL %i, and nobody is locked out in between',
    async (major) => {
      await during(major, async (machines) => {
        const old = { root: machines.read('ca.crt'), audit: machines.pair('audit') };
        await machines.make('rotate', 'announce');
        await machines.install();
        const both = machines.read('ca.crt');
        for (const root of [old.root, both]) await counted(machines.knock(ways[0], 'audit', old.audit, root), 'in');

        await machines.make('rotate', 'switch');
        const next = machines.pair('audit');
        // New clients may come before the server has its new certificate, and old ones after.
        await counted(machines.knock(ways[0], 'audit', next, both), 'in');
        await machines.install();
        for (const pair of [old.audit, next]) await counted(machines.knock(ways[1], 'audit', pair, both), 'in');
        await counted(machines.knock(ways[1], 'audit', next, old.root), 'refused');

        await machines.make('rotate', 'retire');
        await machines.install();
        for (const way of ways) {
          await counted(machines.knock(way, 'audit', next), 'in');
          await counted(machines.knock(way, 'audit', old.audit), 'refused');
        }
        await machines.make();
        expect(machines.pair('audit')).toEqual(next);
      });
    },
  );

  it('the daily check tells what is well, what ends soon and what has ended by its exit code, for each kind of file', async () => {
    await during(18, async (machines) => {
      const folder = dirname(machines.made);
      place(
        `${folder}/check-certificates.sh`,
        fileAt(machines.files, 'your-machine/check-certificates.sh').content,
        0o755,
      );
      place(`${own}/check.sh`, fileAt(machines.files, 'database-server/check-certificates.sh').content, 0o755);
      const here = (...words: readonly string[]) => run('bash', [`${folder}/check-certificates.sh`, ...words]);
      const there = (...words: readonly string[]) => run('bash', [`${own}/check.sh`, ...words]);
      expect(await here()).toMatchObject({ code: 0, stderr: '' });
      expect((await here()).stdout.match(/^ok /gm)).toHaveLength(5);
      expect(await there()).toMatchObject({ code: 0, stderr: '' });
      const soon = await there('400');
      expect(soon.code).toBe(1);
      expect(soon.stderr).toMatch(/^WARNING .*postern-ca\.crl: revocation list ends in 36[45] days/);
      expect((await there('900')).stderr).toMatch(/postern-server\.crt: certificate ends in 82[45] days/);
      const past = must('bash', [
        '-c',
        `cd ${machines.made} && openssl ca -config authority-1/revocation.cnf -cert authority-1/ca.crt -keyfile authority-1/ca.key -gencrl -crl_lastupdate 20200101000000Z -crl_nextupdate 20240229000000Z 2>/dev/null`,
      ]);
      place('/etc/postgresql/18/main/postern-ca.crl', past, 0o644);
      expect(await there()).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('ended on Feb 29 00:00:00 2024 GMT'),
      });
      must('rm', ['/etc/postgresql/18/main/postern-ca.crl']);
      expect(await there()).toMatchObject({ code: 2, stderr: expect.stringContaining('MISSING') });
      expect((await there('x')).code).toBe(2);
      cases += 8;
    });
  });

  it('a second run changes no byte, every chain verifies, and each bundle holds what its role needs and nobody may read', async () => {
    await during(18, async (machines) => {
      const all = () => must('bash', ['-c', `cd ${machines.made} && find . -type f | sort | xargs sha256sum`]);
      const before = all();
      await machines.make();
      expect(all()).toBe(before);
      const at = (name: string) => join(machines.made, name);
      const against = ['-crl_check', '-CRLfile', at('ca.crl'), '-CAfile', at('ca.crt')];
      must('openssl', ['verify', ...against, '-purpose', 'sslserver', at('server.crt')]);
      for (const role of ['payroll', 'audit']) {
        must('openssl', ['verify', ...against, '-purpose', 'sslclient', at(`clients/${role}.crt`)]);
        const unpacked = `${own}/unpacked`;
        must('rm', ['-rf', unpacked]);
        mkdirSync(unpacked);
        must('tar', ['-C', unpacked, '-xzf', at(`bundles/${role}.tar.gz`)]);
        const folder = join(unpacked, role);
        expect(readdirSync(folder).sort()).toEqual(
          ['README.txt', `${role}.crt`, `${role}.key`, `${role}.pk8`, 'root.crt'].sort(),
        );
        expect(statSync(join(folder, `${role}.key`)).mode & 0o777).toBe(0o600);
        expect(statSync(at('bundles')).mode & 0o777).toBe(0o700);
        const key = must('openssl', ['pkcs8', '-inform', 'DER', '-nocrypt', '-in', join(folder, `${role}.pk8`)]);
        expect(key).toBe(machines.pair(role).key);
        expect(readFileSync(join(folder, 'README.txt'), 'utf8')).toContain(`as ${role}.`);
        expect(must('tar', ['-tzf', at(`bundles/${role}.tar.gz`)])).not.toContain('ca.key');
      }
    });
  });

  afterAll(() => {
    if (cases > 0)
      conforms({
        target: 'Certificates',
        files: ['make-certificates.sh', 'install-certificates.sh', 'check-certificates.sh'],
        judgedBy: `PostgreSQL and ${must('openssl', ['version']).split(' (')[0]?.trim()}`,
        tried: 'renewed, revoked, expired lists, a new authority, in IPv4 and IPv6',
        plans: majors.length,
        cases,
        notCovered: 'LibreSSL of macOS, Git Bash of Windows',
      });
  });
});
