import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultClient, defaultPlan, generate, ownAuthority, type Plan } from '../../../app/core/index.ts';
import { accountNamed, visitor } from '../harness/accounts.ts';
import { someMajors } from '../harness/amount.ts';
import { majors } from '../harness/binaries.ts';
import { fileAt, type ProvenFile } from '../harness/bundle.ts';
import { passphraseFile } from '../harness/certificates.ts';
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

/** One role with only a certificate, one with certificate and password, one with a password. */
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
      // The title gives the script a separate folder in the tests.
      server: { ...start.server, name: `db${major}.example.com` },
      security: { ...start.security, certificate: { ...ownAuthority, revocation: true } },
      clients: [client('payroll', 'cert'), client('audit', 'cert+scram'), client('app', 'scram')],
    },
    'revocation',
  );
}

/** The administrator's machine and the server, and what is copied between them. */
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
      env: { CA_PASSPHRASE_FILE: passphraseFile() },
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
    must('cp', ['-a', `${join(this.made, 'machines/database-server')}/.`, folder]);
    place(
      `${folder}/install-certificates.sh`,
      fileAt(this.files, 'database-server/install-certificates.sh').content,
      0o755,
    );
    await reload(this.stands, async () => {
      const ran = await run('bash', ['install-certificates.sh'], { cwd: folder });
      expect(ran, `${ran.stdout}${ran.stderr}`).toMatchObject({ code: 0 });
      expect(readdirSync(folder).sort(), 'the key is removed once it is installed').toEqual(
        ['ca.crl', 'ca.crt', 'install-certificates.sh', 'server.crt'].sort(),
      );
      const again = await run('bash', ['install-certificates.sh'], { cwd: folder });
      expect(again, `${again.stdout}${again.stderr}`).toMatchObject({ code: 0 });
    });
  };

  pair = (role: string) => ({ cert: this.read(`clients/${role}.crt`), key: this.read(`clients/${role}.key`) });

  /** psql at the client, with the files that it received. */
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

  const some = someMajors(3);
  for (const major of some)
    it(`PostgreSQL ${major} rejects the revoked one, keeps the others, and accepts a renewed one without ending a session`, async () => {
      await during(major, async (machines) => {
        const { stands } = machines;
        const [payroll, audit] = [machines.pair('payroll'), machines.pair('audit')];
        for (const way of ways) {
          await counted(machines.knock(way, 'payroll', payroll), 'in');
          await counted(machines.knock(way, 'audit', audit), 'in');
          await counted(machines.knock(way, 'app'), 'in');
        }

        // A renewed server certificate, with a session that exists before and after.
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

        // The one from before the renewal is valid until it is revoked, and revoking revokes both.
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

        // Allowed again, with a new key.
        await machines.make('renew', 'payroll');
        await machines.install();
        await counted(machines.knock(ways[1], 'payroll', machines.pair('payroll')), 'in');
        await counted(machines.knock(ways[1], 'payroll', payroll), 'refused');

        // An expired CRL rejects every client with a certificate, and nobody else.
        const folder = join(machines.made, 'authority-1');
        const past = ['-crl_lastupdate', '20200101000000Z', '-crl_nextupdate', '20200201000000Z'];
        const opened = ['-passin', `file:${passphraseFile()}`];
        const list = [...opened, '-cert', `${folder}/ca.crt`, '-keyfile', `${folder}/ca.key`, '-gencrl', ...past];
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
    'a CA is replaced by the next on PostgreSQL %i, and no client is locked out in between',
    async (major) => {
      await during(major, async (machines) => {
        const old = { root: machines.read('ca.crt'), audit: machines.pair('audit') };
        await machines.make('rotate', 'announce');
        await machines.install();
        const both = machines.read('ca.crt');
        for (const root of [old.root, both]) await counted(machines.knock(ways[0], 'audit', old.audit, root), 'in');

        await machines.make('rotate', 'switch');
        const next = machines.pair('audit');
        // New clients may connect before the server has its new certificate, and old ones afterwards.
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

  it('the daily check reports valid, expiring and expired files by its exit code, for each kind of file', async () => {
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
        `cd ${machines.made} && openssl ca -config authority-1/revocation.cnf -cert authority-1/ca.crt -keyfile authority-1/ca.key -passin file:${passphraseFile()} -gencrl -crl_lastupdate 20200101000000Z -crl_nextupdate 20240229000000Z 2>/dev/null`,
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

  it('a second run changes no byte, every chain verifies, and each bundle contains what its role needs, readable by nobody else', async () => {
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

  it('the CA is added to the root certificates of a client next to those of other servers, once, and removed again', async () => {
    const home = `${own}/adding`;
    must('rm', ['-rf', home]);
    place(`${home}/add-ca.sh`, fileAt(generate(plan(18)).files, 'clients/add-ca.sh').content, 0o755);
    const certificate = (name: string) => {
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${home}/${name}.key`];
      must('openssl', ['req', '-x509', ...key, '-subj', `/CN=${name}`, '-out', `${home}/${name}.crt`]);
      return readFileSync(`${home}/${name}.crt`, 'utf8').trim();
    };
    const [others, ca, next] = [certificate('others'), certificate('ca'), certificate('next')];
    const target = `${home}/.postgresql/root.crt`;
    const add = (...words: readonly string[]) => run('bash', [`${home}/add-ca.sh`, ...words], { env: { HOME: home } });
    // No newline at its end, as some editors leave a file.
    place(target, others, 0o644);
    for (const [words, trusted] of [
      [[], [others, ca]],
      [[], [others, ca]],
      [[`${home}/next.crt`], [others, next]],
      [['--remove'], [others]],
    ] as const) {
      expect(await add(...words)).toMatchObject({ code: 0, stderr: '' });
      const found = readFileSync(target, 'utf8').match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----/g);
      expect(found).toEqual([...trusted]);
      for (const name of ['others', 'ca', 'next'] as const) {
        const verified = await run('openssl', ['verify', '-CAfile', target, `${home}/${name}.crt`]);
        expect(verified.code === 0, name).toBe(
          trusted.some((pem) => pem === readFileSync(`${home}/${name}.crt`, 'utf8').trim()),
        );
      }
    }
    must('rm', [target]);
    expect(await add()).toMatchObject({ code: 0 });
    expect(await add('--remove')).toMatchObject({ code: 0 });
    expect(must('ls', ['-A', `${home}/.postgresql`])).toBe('');
    place(`${home}/ca.crt`, 'nothing', 0o644);
    expect((await add()).code).toBe(1);
    cases += 7;
  });

  it('the key of the CA is encrypted, only its passphrase decrypts it, and nothing shows or stores that passphrase', async () => {
    const home = `${own}/passphrase`;
    must('rm', ['-rf', home]);
    const script = fileAt(generate(plan(18)).files, 'your-machine/make-certificates.sh').content;
    place(`${home}/make-certificates.sh`, script, 0o755);
    const secret = 'horse "battery" $(staple)';
    place(`${home}/secret`, `${secret}\n`, 0o600);
    place(`${home}/wrong`, 'not this one at all\n', 0o600);
    place(`${home}/short`, 'short\n', 0o600);
    // Records the arguments of each openssl call.
    place(
      `${home}/bin/openssl`,
      `#!/bin/sh\n{ printf '%s\\n' "$@"; env; } >>${home}/seen\nexec /usr/bin/openssl "$@"\n`,
      0o755,
    );
    const make = (file: string | undefined, ...words: readonly string[]) =>
      run('bash', [`${home}/make-certificates.sh`, ...words], {
        env: {
          PATH: `${home}/bin:/usr/bin:/bin`,
          passphrase: 'from the environment',
          ...(file === undefined ? {} : { CA_PASSPHRASE_FILE: `${home}/${file}` }),
        },
      });
    const keyFiles = () => must('find', [home, '-name', '*.key']).trim();

    expect((await make(undefined)).stderr).toContain('CA_PASSPHRASE_FILE');
    expect((await make('short')).stderr).toContain('at least 12 characters');
    expect(keyFiles()).toBe('');
    expect(await make('secret')).toMatchObject({ code: 0 });
    const key = `${home}/certificates/authority-1/ca.key`;
    expect(readFileSync(key, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    must('openssl', ['pkey', '-in', key, '-noout', '-passin', `file:${home}/secret`]);
    const wrong = await make('wrong', 'renew', 'server');
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('does not open') });
    // A run that signs nothing needs no passphrase.
    expect(await make(undefined)).toMatchObject({ code: 0 });
    expect(await make('secret', 'rotate', 'announce')).toMatchObject({ code: 0 });
    expect(readFileSync(`${home}/certificates/authority-2/ca.key`, 'utf8')).toContain('ENCRYPTED');
    const seen = readFileSync(`${home}/seen`, 'utf8');
    expect(seen).toContain('-passin');
    expect(seen).not.toContain('battery');
    expect(seen).not.toContain('passphrase=');
    expect((await run('grep', ['-rl', 'battery', `${home}/certificates`])).stdout).toBe('');
    const machine = readdirSync(`${home}/certificates/machines`, { recursive: true, encoding: 'utf8' });
    expect(machine.filter((name) => name.includes('ca.key'))).toEqual([]);

    // Without one only if that was requested, and it can be added later.
    must('rm', ['-rf', `${home}/certificates`]);
    expect(await make(undefined, '--no-passphrase')).toMatchObject({ code: 0 });
    expect(readFileSync(key, 'utf8')).toContain('BEGIN PRIVATE KEY');
    expect((await make(undefined)).stderr).toContain('has no passphrase');
    expect(await make('secret', 'encrypt')).toMatchObject({ code: 0 });
    expect(readFileSync(key, 'utf8')).toContain('ENCRYPTED');
    expect((await make('secret', 'renew')).stderr).not.toContain('passphrase');
    cases += 8;
  });

  afterAll(() => {
    if (cases > 0)
      conforms({
        target: 'Certificates',
        files: ['make-certificates.sh', 'install-certificates.sh', 'check-certificates.sh'],
        judgedBy: `PostgreSQL and ${must('openssl', ['version']).split(' (')[0]?.trim()}`,
        tried: 'renewed, revoked, expired lists, a new authority, in IPv4 and IPv6',
        plans: new Set([...some, ...ends, 18]).size,
        cases,
        notCovered: 'LibreSSL of macOS, Git Bash of Windows',
      });
  });
});
