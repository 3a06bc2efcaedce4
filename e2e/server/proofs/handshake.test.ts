import { afterAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate, ownAuthority, type Plan } from '../../../app/core/index.ts';
import { accountNamed, visitor } from '../harness/accounts.ts';
import { everyCombination } from '../harness/amount.ts';
import { majors } from '../harness/binaries.ts';
import { fileAt, settingsFile } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { type Deployment, deploy } from '../harness/deployment.ts';
import { directMajors, withLibpq } from '../harness/libpq.ts';
import { carry, comeFrom } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { setHosts } from '../harness/places.ts';
import { onMajor, valid } from '../harness/plans.ts';
import { reload } from '../harness/reload.ts';
import { furnish } from '../harness/visit.ts';
import { place } from '../harness/writable.ts';

const servers = ['203.0.113.10', '[2001:db8:10::10]'];

function plan(major: number, security: Partial<Plan['security']>): Plan {
  const start = onMajor(defaultPlan('direct'), major);
  return valid({ ...start, security: { ...start.security, ...security } }, JSON.stringify(security));
}

async function during(of: Plan, ask: (stands: Deployment) => Promise<void>): Promise<void> {
  const stands = await deploy(of, generate(of).files);
  try {
    await ask(stands);
  } finally {
    await stands.stop();
  }
}

/** What OpenSSL's client prints about its handshake. */
const handshake = async (server: string, ...options: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await run('openssl', ['s_client', '-connect', `${server}:5432`, ...options]);
  return `${stdout}${stderr}`;
};
const negotiated = (server: string, ...options: readonly string[]) =>
  handshake(server, '-starttls', 'postgres', ...options);

/** What the client prints for the curve of the key exchange. */
const spoken: Readonly<Record<string, string>> = {
  prime256v1: 'ECDH, prime256v1, 256 bits',
  secp384r1: 'ECDH, secp384r1, 384 bits',
  secp521r1: 'ECDH, secp521r1, 521 bits',
  X25519: 'X25519, 253 bits',
};
const curves = ['prime256v1', 'secp384r1', 'secp521r1'];
const lists = ['X25519:prime256v1', 'secp384r1:X25519', 'P-256:P-521'];

/** This OpenSSL offers these; each is requested alone. */
const offers: readonly [offer: string, name: string][] = [
  ['P-256', 'prime256v1'],
  ['P-384', 'secp384r1'],
  ['P-521', 'secp521r1'],
  ['X25519', 'X25519'],
];
/** In TLS 1.2 a client must also offer the curve of the server's ECDSA key (RFC 8422, 5.1). */
const rsa = { ...ownAuthority, algorithm: 'rsa' } as const;
const others: Readonly<Record<string, string>> = { 'P-256': 'prime256v1', 'P-521': 'secp521r1' };

describe.skipIf(!inNamespace)('key exchange groups', () => {
  let plans = 0;
  let cases = 0;
  for (const [at, major] of majors.entries()) {
    // Before 18 the setting is one curve: each is tried on several of these majors.
    const before = everyCombination ? curves : curves.filter((_, index) => index === at % curves.length);
    const all = major >= 18 ? [...curves, ...lists] : before;
    it(`of ${all.join(', ')} are those that PostgreSQL ${major} negotiates, in TLS 1.2 and 1.3, and no others`, async () => {
      await during(plan(major, { certificate: rsa }), async (stands) => {
        for (const groups of all) {
          const { target = '', content } = settingsFile(generate(plan(major, { groups, certificate: rsa })).files);
          const account = accountNamed(stands.layout.account);
          await reload(stands, async () => place(stands.layout.here(target), content, 0o644, account));
          const allowed = new Set(groups.split(':').map((name) => others[name] ?? name));
          for (const [offer, name] of offers)
            for (const [version, server] of [
              ['-tls1_2', '203.0.113.10'],
              ['-tls1_3', '[2001:db8:10::10]'],
            ] as const) {
              const said = await negotiated(server, version, '-groups', offer, '-cipher', 'ECDHE');
              const key = /Server Temp Key: (.*)/.exec(said)?.[1];
              const expected = allowed.has(name) ? spoken[name] : undefined;
              expect({ groups, version, offer, key }).toEqual({ groups, version, offer, key: expected });
              cases += 1;
            }
          plans += 1;
        }
        // Since 18 the setting accepts a list, including X25519; before, plan validation rejects it, as the server does.
        if (major >= 18) return;
        await reload(stands, () => stands.administrator.must("alter system set ssl_ecdh_curve = 'X25519'"));
        expect(stands.server.log()).toMatch(/ECDH: (could not create key|unrecognized curve name)/);
      });
    });
  }

  afterAll(() => {
    if (cases > 0)
      conforms({
        target: 'TLS',
        files: ['conf.d/postern.conf'],
        judgedBy: must('openssl', ['version']).split(' (')[0]?.trim() ?? '',
        tried: 'groups of the key exchange, each alone, in IPv4 and IPv6',
        plans,
        cases,
        notCovered: 'hybrid groups: the servers of the tests have OpenSSL 1.1.1',
      });
  });
});

describe.skipIf(!inNamespace || directMajors.length === 0)('direct TLS', () => {
  let cases = 0;
  for (const [at, major] of directMajors.entries())
    it(`connects clients of libpq ${directMajors.join(', ')} to PostgreSQL ${major}, and an older psql without it`, async () => {
      const made = plan(major, { directTls: true });
      const { files } = generate(made);
      await during(made, async (stands) => {
        for (const server of servers) {
          expect(await handshake(server, '-alpn', 'postgresql')).toContain('ALPN protocol: postgresql');
        }
        furnish(visitor, made, stands.certificates, stands.passwordOf);
        const script = fileAt(files, 'clients/verify.sh').content;
        expect(script).toContain('sslnegotiation=direct');
        const path = `${visitor.home}/verify.sh`;
        place(path, script, 0o755, visitor);
        const service = fileAt(files, 'clients/pg_service.conf').content;
        expect(service).toContain('sslnegotiation=direct');
        place(`${visitor.home}/.pg_service.conf`, service, 0o600, visitor);
        for (const [family, [source, server]] of (
          [
            ['198.51.100.1', '203.0.113.10'],
            ['2001:db8:20::1', '2001:db8:10::10'],
          ] as const
        ).entries()) {
          carry([source]);
          comeFrom(source, server);
          setHosts([{ name: 'db.example.com', addresses: [server] }]);
          // The family of a client alternates from server to server.
          const clients = [null, ...directMajors].filter(
            (_, index) => everyCombination || (at + family + index) % 2 === 0,
          );
          for (const libpq of clients) {
            const manner = { as: visitor, cwd: visitor.home, env: libpq === null ? {} : withLibpq(libpq) };
            const ran = await run('bash', [path, 'app'], manner);
            expect(ran, `${ran.stdout}${ran.stderr}`).toMatchObject({ code: 0 });
            expect(ran.stdout).not.toContain('NOT OK');
            expect(ran.stderr.includes('older than 17')).toBe(libpq === null);
            const query = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';
            const byService = await run('psql', ['-X', '-A', '-t', '-w', '-d', 'service=app', '-c', query], manner);
            expect(byService.stdout, byService.stderr).toBe(libpq === null ? '' : 't\n');
            cases += 2;
          }
        }
      });
    });

  it('is not supported by a server before 17', async () => {
    const major = majors.find((one) => one < 17);
    if (major === undefined) return;
    await during(plan(major, {}), async () => {
      expect(await handshake(servers[0] ?? '', '-alpn', 'postgresql')).not.toContain('Server certificate');
    });
  });

  afterAll(() => {
    if (cases > 0)
      conforms({
        target: 'TLS',
        files: ['verify.sh', 'pg_service.conf'],
        judgedBy: 'psql with libpq 15, 17 and 18',
        tried: 'direct TLS with ALPN, in IPv4 and IPv6',
        plans: directMajors.length,
        cases,
        notCovered: 'JDBC, Npgsql and pgx: their words are those of their manuals',
      });
  });
});
