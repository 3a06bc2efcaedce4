import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { binaries, majors } from '../harness/binaries.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, type Ran, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { type Deployment, deploy } from '../harness/deployment.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { onMajor, valid } from '../harness/plans.ts';
import { startServer } from '../harness/server.ts';
import { until } from '../harness/until.ts';
import { place } from '../harness/writable.ts';

const NAME = 'db.example.com';
const HOOK = '/etc/letsencrypt/renewal-hooks/deploy/postern.sh';
const authority = `${own}/acme`;
const programs = `${own}/acme-programs`;

const KEYS = {
  ECDSA: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  RSA: ['-newkey', 'rsa:2048'],
} as const;

/** A root that every client trusts, and its intermediate CA, which signs and is sent along. */
function makeAuthority(): void {
  mkdirSync(authority, { recursive: true });
  const at = (name: string) => `${authority}/${name}`;
  const key = [...KEYS.ECDSA, '-nodes'];
  must('openssl', ['req', '-x509', ...key, '-subj', '/CN=Root', '-keyout', at('root.key'), '-out', at('root.pem')]);
  must('openssl', ['req', ...key, '-subj', '/CN=Issuer', '-keyout', at('ca.key'), '-out', at('ca.csr')]);
  writeFileSync(at('ca.ext'), 'basicConstraints=critical,CA:TRUE,pathlen:0\n');
  const sign = ['-CA', at('root.pem'), '-CAkey', at('root.key'), '-CAcreateserial', '-extfile', at('ca.ext')];
  must('openssl', ['x509', '-req', '-in', at('ca.csr'), ...sign, '-out', at('ca.pem')]);
}

/**
 * What certbot leaves after it issued or renewed a certificate: versions in the archive, links to the newest in `live`.
 */
class Lineage {
  #version = 0;
  readonly live: string;
  readonly #archive: string;

  constructor(
    readonly name: string,
    readonly domains: readonly string[],
  ) {
    this.live = `/etc/letsencrypt/live/${name}`;
    this.#archive = `/etc/letsencrypt/archive/${name}`;
    for (const folder of [this.live, this.#archive]) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    }
    for (const folder of ['live', 'archive']) must('chmod', ['700', `/etc/letsencrypt/${folder}`]);
  }

  /** A new pair; `change` may damage a file of the archive before it is read. */
  renew(kind: keyof typeof KEYS, change: (file: (name: string) => string) => void = () => undefined): void {
    this.#version += 1;
    const file = (name: string) => `${this.#archive}/${name}${this.#version}.pem`;
    const request = `${authority}/request`;
    must('openssl', ['req', ...KEYS[kind], '-nodes', '-subj', '/', '-keyout', file('privkey'), '-out', request]);
    must('chmod', ['600', file('privkey')]);
    writeFileSync(`${authority}/ext`, `subjectAltName=${this.domains.map((domain) => `DNS:${domain}`).join(',')}\n`);
    const sign = ['-CA', `${authority}/ca.pem`, '-CAkey', `${authority}/ca.key`, '-CAcreateserial'];
    must('openssl', ['x509', '-req', '-in', request, ...sign, '-extfile', `${authority}/ext`, '-out', file('cert')]);
    const chain = readFileSync(`${authority}/ca.pem`, 'utf8');
    writeFileSync(file('chain'), chain);
    writeFileSync(file('fullchain'), readFileSync(file('cert'), 'utf8') + chain);
    change(file);
    for (const name of ['cert', 'chain', 'fullchain', 'privkey']) {
      rmSync(`${this.live}/${name}.pem`, { force: true });
      symlinkSync(`../../archive/${this.name}/${basename(file(name))}`, `${this.live}/${name}.pem`);
    }
  }

  serial = (): string => serialOf(readFileSync(`${this.live}/cert.pem`, 'utf8'));

  /** Runs the hook as certbot does: as root, through a shell, with the lineage and its domains in the environment. */
  deploy = (): Promise<Ran> => hook({ RENEWED_LINEAGE: this.live, RENEWED_DOMAINS: this.domains.join(' ') });
}

const hook = (env: Readonly<Record<string, string>>): Promise<Ran> =>
  run('/bin/sh', ['-c', HOOK], { env: { PATH: `${programs}:/usr/sbin:/usr/bin:/sbin:/bin`, ...env } });

const serialOf = (pem: string): string => must('openssl', ['x509', '-noout', '-serial'], pem);

/** The certificate presented to a client that trusts only the root, and the client's result. */
async function shown(): Promise<{ readonly serial: string; readonly verified: string | undefined }> {
  const { stdout } = await run('openssl', [
    ...['s_client', '-starttls', 'postgres', '-connect', '203.0.113.10:5432'],
    ...['-CAfile', `${authority}/root.pem`, '-verify_hostname', NAME],
  ]);
  const [pem = ''] = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(stdout) ?? [];
  return { serial: serialOf(pem), verified: /Verify return code: (.*)/.exec(stdout)?.[1] };
}

/** The server applies a reload asynchronously. */
async function comesToShow(serial: string): Promise<void> {
  await until(`the server shows certificate ${serial}`, async () => (await shown()).serial === serial);
  expect(await shown()).toEqual({ serial, verified: '0 (ok)' });
}

const platforms = ['debian', 'source'] as const;
const wheres = majors.slice(-1).flatMap((major) => platforms.map((platform) => ({ major, platform })));

describe.skipIf(!inNamespace).each(wheres)(
  "the deploy hook of Let's Encrypt, PostgreSQL $major, $platform",
  ({ major, platform }) => {
    const start = onMajor(defaultPlan('direct'), major);
    const plan: Plan = valid(
      {
        ...start,
        server: { ...start.server, platform, name: NAME },
        security: { ...start.security, certificate: { source: 'lets-encrypt' } },
      },
      'the plan of the hook',
    );
    const { files } = generate(plan);
    let stands: Deployment;
    let cases = 0;

    const installed = () =>
      ['crt', 'key'].map((ending) => {
        const path = `${stands.layout.configDirectory}/postern-server.${ending}`;
        const { mode, uid } = statSync(path);
        return { bytes: readFileSync(path, 'utf8'), mode: (mode & 0o7777).toString(8), uid };
      });
    const beside = () => readdirSync(stands.layout.configDirectory).filter((name) => name.endsWith('.new'));

    /** The lineage's pair is installed as PostgreSQL wants it, and shown to clients. */
    const isInUse = async (lineage: Lineage) => {
      const { uid } = accountNamed(stands.layout.account);
      const bytes = (name: string) => readFileSync(`${lineage.live}/${name}.pem`, 'utf8');
      expect(installed()).toEqual([
        { bytes: bytes('fullchain'), mode: '644', uid },
        { bytes: bytes('privkey'), mode: '600', uid },
      ]);
      expect(beside()).toEqual([]);
      await comesToShow(lineage.serial());
      cases += 1;
    };

    const succeeds = async (ran: Promise<Ran>) => {
      const { code, stdout, stderr } = await ran;
      expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
    };

    beforeAll(async () => {
      rmSync('/etc/letsencrypt', { recursive: true, force: true });
      makeAuthority();
      stands = await deploy(plan, files);
      place(HOOK, fileAt(files, 'database-server/letsencrypt-hook.sh').content, 0o755, { ...accountNamed('root') });
      // There is no systemd here; for a reload it signals the server. A hook as root needs no sudo.
      const signal = `kill -HUP "$(head -n 1 ${stands.layout.dataDirectory}/postmaster.pid)"`;
      const systemctl = `#!/bin/sh\n[ "$*" = 'reload postgresql@${major}-main.service' ] && ${signal}\n`;
      place(`${programs}/systemctl`, systemctl, 0o755);
      place(`${programs}/sudo`, '#!/bin/sh\nexit 127\n', 0o755);
      if (platform === 'source') {
        const bin = '/usr/local/pgsql/bin';
        rmSync(bin, { recursive: true, force: true });
        mkdirSync(dirname(bin), { recursive: true });
        symlinkSync(`${binaries(major)}/bin`, bin);
      }
    });
    afterAll(async () => {
      await stands?.stop();
      rmSync('/etc/letsencrypt', { recursive: true, force: true });
    });

    it.each(['ECDSA', 'RSA', 'ECDSA'] as const)(
      'gives a renewed pair (%s) to PostgreSQL, once or twice',
      async (kind) => {
        const lineage = new Lineage(NAME, [NAME, 'www.example.com']);
        lineage.renew(kind);
        await succeeds(lineage.deploy());
        await isInUse(lineage);
        await succeeds(lineage.deploy());
        await isInUse(lineage);
      },
    );

    it.each([
      { name: `${NAME}-0001`, domains: ['www.example.com', NAME] },
      { name: 'example.com', domains: ['*.example.com', 'example.com'] },
    ])('takes the lineage $name, since it certifies the server', async ({ name, domains }) => {
      const lineage = new Lineage(name, domains);
      lineage.renew('ECDSA');
      await succeeds(lineage.deploy());
      await isInUse(lineage);
    });

    it('takes the lineage of the name when it is run by hand', async () => {
      const lineage = new Lineage(NAME, [NAME]);
      lineage.renew('RSA');
      await succeeds(hook({}));
      await isInUse(lineage);
    });

    const input = () => must('sh', ['-c', 'iptables -S INPUT; ip6tables -S INPUT']);

    it('gets the first certificate while port 80 is open only temporarily, and installs it for PostgreSQL', async () => {
      const folder = `${own}/getting`;
      for (const name of ['get-certificate.sh', 'letsencrypt-pre.sh', 'letsencrypt-post.sh', 'letsencrypt-hook.sh'])
        place(`${folder}/${name}`, fileAt(files, `database-server/${name}`).content, 0o755);
      const programsOfIt = `${own}/getting-programs`;
      rmSync(programsOfIt, { recursive: true, force: true });
      const get = (...words: readonly string[]) =>
        run('bash', [`${folder}/get-certificate.sh`, ...words], {
          env: { PATH: `${programsOfIt}:${programs}:/usr/sbin:/usr/bin:/sbin:/bin` },
        });
      // An existing rule of the administrator for the same port, which is kept.
      must('iptables', ['-A', 'INPUT', '-p', 'tcp', '--dport', '80', '-j', 'ACCEPT']);
      const rules = input();
      const had = installed();
      const missing = await get();
      expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('Install the package certbot first') });
      const lineage = new Lineage(NAME, [NAME]);
      lineage.renew('ECDSA');
      const seen = `${own}/certbot-seen`;
      const certbot = (code: number) =>
        place(
          `${programsOfIt}/certbot`,
          `#!/bin/sh\necho "$@" >${seen}\n{ iptables -S INPUT; ip6tables -S INPUT; } | grep -c postern-certificate >>${seen}\nexit ${code}\n`,
          0o755,
        );
      certbot(1);
      expect((await get()).code).toBe(1);
      expect(input(), 'a failed attempt closes the port too').toBe(rules);
      expect(installed()).toEqual(had);
      certbot(0);
      await succeeds(get());
      expect(readFileSync(seen, 'utf8')).toBe(
        `certonly --cert-name ${NAME} -d ${NAME} --keep-until-expiring --standalone --preferred-challenges http\n2\n`,
      );
      expect(input()).toBe(rules);
      await isInUse(lineage);
      await succeeds(get('--dns-route53'));
      expect(readFileSync(seen, 'utf8')).toBe(
        `certonly --cert-name ${NAME} -d ${NAME} --keep-until-expiring --dns-route53\n0\n`,
      );

      // A renewal opens the port if the certificate was issued through it, and only then.
      const pre = () => must('bash', [`${folder}/letsencrypt-pre.sh`]);
      const renewal = `/etc/letsencrypt/renewal/${NAME}.conf`;
      place(renewal, 'authenticator = dns-route53\n', 0o644);
      pre();
      expect(input()).toBe(rules);
      place(renewal, 'authenticator = standalone\n', 0o644);
      pre();
      pre();
      expect(input().match(/postern-certificate/g)).toHaveLength(2);
      must('bash', [`${folder}/letsencrypt-post.sh`]);
      expect(input()).toBe(rules);
      must('iptables', ['-D', 'INPUT', '-p', 'tcp', '--dport', '80', '-j', 'ACCEPT']);
      cases += 5;
    });

    const foreign = { name: 'other.example.org', domains: ['other.example.org', 'db.example.com.example.org'] };
    const empty = (path: string) => writeFileSync(path, '');
    const spoiled = [
      {
        what: 'the key of another certificate',
        spoil: (file: (name: string) => string) =>
          must('openssl', ['genpkey', '-algorithm', 'ED25519', '-out', file('privkey')]),
      },
      { what: 'no key', spoil: (file: (name: string) => string) => rmSync(file('privkey')) },
      { what: 'no certificate', spoil: (file: (name: string) => string) => rmSync(file('fullchain')) },
      {
        what: 'two empty files',
        spoil: (file: (name: string) => string) => ['privkey', 'fullchain'].map(file).forEach(empty),
      },
    ];

    it.each(spoiled)('fails with $what, and PostgreSQL keeps its current pair', async ({ spoil }) => {
      const lineage = new Lineage(NAME, [NAME]);
      lineage.renew('ECDSA');
      await succeeds(lineage.deploy());
      const before = { files: installed(), shown: await shown() };
      lineage.renew('ECDSA', spoil);
      const { code, stderr } = await lineage.deploy();
      expect(code).not.toBe(0);
      expect(stderr).not.toBe('');
      expect({ files: installed(), shown: await shown() }).toEqual(before);
      expect(beside()).toEqual([]);
      cases += 1;
    });

    it('changes nothing for a lineage that does not certify the server, and says so', async () => {
      const before = { files: installed(), shown: await shown() };
      const lineage = new Lineage(foreign.name, foreign.domains);
      lineage.renew('ECDSA');
      const { code, stdout } = await lineage.deploy();
      expect({ code, stdout }).toEqual({ code: 0, stdout: `${lineage.live} is not for ${NAME}: nothing changed.\n` });
      expect({ files: installed(), shown: await shown() }).toEqual(before);
      cases += 1;
    });

    it('leaves a pair with which PostgreSQL can start', async () => {
      const { serial } = await shown();
      await stands.stop();
      const again = await startServer(major, stands.layout);
      try {
        await comesToShow(serial);
      } finally {
        await again.stop();
      }
      conforms({
        target: "Let's Encrypt",
        files: ['get-certificate.sh', 'letsencrypt-hook.sh', 'letsencrypt-pre.sh', 'letsencrypt-post.sh'],
        judgedBy: 'PostgreSQL and openssl s_client',
        tried:
          "run as certbot does over its layout of files, for Debian's PostgreSQL and a built one: ECDSA and RSA, spoiled pairs, other lineages, from cold",
        plans: 1,
        cases,
        notCovered: "certbot and Let's Encrypt themselves; firewalld",
      });
    });
  },
);
