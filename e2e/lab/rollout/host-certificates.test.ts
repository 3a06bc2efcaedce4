import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultClient, defaultPlan, hostsEntryFor, type Plan, parseHosts } from '../../../app/core/index.ts';
import { alive } from '../../server/harness/alive.ts';
import { amount, everyCombination } from '../../server/harness/amount.ts';
import { majors } from '../../server/harness/binaries.ts';
import { must, run } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { confirm, differences, everything, rolledBack, unpackBundle } from './bundle.ts';
import { KillPoints } from './kill-points.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const bundle = `${own}/hosts-bundle`;
const script = `${bundle}/database-server/apply.sh`;
const KILLS = amount(6);
const ADDRESS = '203.0.113.10';
const places = ['/etc/hosts-of-others', '/etc/hosts of others'] as const;
const [folder, spaced] = places;
/** Two names with one certificate, and one with its own. */
const NAMES = { orders: ['orders.example.com', 'Stock.example.com'], other: ['include'] } as const;

function planFor(platform: Plan['server']['platform']): Plan {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      server: { ...start.server, platform, major: 19 },
      clients: [{ ...defaultClient('public'), sources: [ADDRESS], roles: ['holder'], auth: { method: 'cert' } }],
      firewall: { ...start.firewall, kind: 'none' },
      security: {
        ...start.security,
        hostCertificates: [
          ...NAMES.orders.map((name) => ({
            name,
            certificateFile: `${folder}/orders.crt`,
            keyFile: `${folder}/orders.key`,
          })),
          ...NAMES.other.map((name) => ({ name, certificateFile: `${spaced}/a.crt`, keyFile: `${spaced}/a.key` })),
        ],
      },
      rollout: { confirmSeconds: 10 },
    },
    'certificates by host name',
  );
}

describe.skipIf(!inNamespace || !majors.includes(19)).each(['debian', 'rhel'] as const)(
  'certificates by host name on PostgreSQL 19, %s',
  (platform) => {
    const plan = planFor(platform);
    let server: AppliedServer;
    let certificates: string;

    const apply = async (...options: string[]) => {
      const { code, stdout, stderr } = await run('bash', [script, ...options]);
      return { code, said: stdout + stderr };
    };

    const make = (file: string, subject: string) => {
      const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '90', '-subj', `/CN=${subject}`];
      const names = ['-addext', `subjectAltName=DNS:${subject}`];
      must('openssl', [...request, ...names, '-keyout', `${file}.key`, '-out', `${file}.crt`]);
      must('chown', ['postgres:', `${file}.key`, `${file}.crt`]);
    };

    /** The subject of the certificate that a client gets that sends this name; null: it sends none. */
    const shown = async (name: string | null) => {
      const sent = name === null ? ['-noservername'] : ['-servername', name];
      const args = ['s_client', '-starttls', 'postgres', '-connect', `${ADDRESS}:5432`, ...sent];
      const { stdout } = await run('openssl', args, { input: '', limit: 20 });
      return /subject=CN ?= ?(\S+)/.exec(stdout)?.[1] ?? 'rejected';
    };

    /** A login with the certificate of the role, by a host name, which verifies the server's own one. */
    const login = (host: string, root: string, more = '') => {
      const proof = `sslcert=${certificates}/clients/holder.crt sslkey=${certificates}/clients/holder.key`;
      const where = `host=${host} hostaddr=${ADDRESS} dbname=app user=holder sslmode=verify-full sslrootcert='${root}'`;
      return run('psql', ['-XAtc', 'select 1', `${where} ${proof} ${more}`]);
    };

    const seen = async () => ({
      orders: await shown('orders.example.com'),
      stock: await shown('STOCK.example.com'),
      include: await shown('include'),
      own: await shown('db.example.com'),
      unknown: await shown('unknown.example.com'),
      address: await shown(null),
    });
    const byName = {
      orders: 'orders.example.com',
      stock: 'orders.example.com',
      include: 'include',
      own: 'db.example.com',
      unknown: 'db.example.com',
      address: 'db.example.com',
    };

    beforeAll(async () => {
      server = await appliedServer(plan);
      must('mkdir', ['-p', ...places]);
      make(`${folder}/orders`, 'orders.example.com');
      make(`${spaced}/a`, 'include');
      certificates = (await unpackBundle(plan, bundle)) ?? '';
    });
    beforeEach(async () => {
      rmSync('/var/lib/postern', { recursive: true, force: true });
      await server.start();
    });
    afterEach(() => server.stop().then(() => undefined));
    afterAll(() => server.end());

    it('are presented as pg_hosts.conf says, also after a reload, and are gone after undoing it twice', async () => {
      const before = everything();
      const { code, said } = await apply();
      expect(code, said).toBe(0);
      expect(await seen()).toEqual(byName);
      expect((await confirm(script)).code).toBe(0);

      const text = readFileSync(`${server.config}/pg_hosts.conf`, 'utf8');
      const hosts = parseHosts(text);
      expect(hosts.problems).toEqual([]);
      const certificateOf = (name: string | null) => {
        const entry = hostsEntryFor(hosts, name);
        return typeof entry === 'string' ? entry : entry.certificate;
      };
      expect(
        [...NAMES.orders, ...NAMES.other, 'db.example.com', 'unknown.example.com', null].map(certificateOf),
      ).toEqual([
        `${folder}/orders.crt`,
        `${folder}/orders.crt`,
        `${spaced}/a.crt`,
        `${server.config}/postern-server.crt`,
        `${server.config}/postern-server.crt`,
        `${server.config}/postern-server.crt`,
      ]);

      // Client certificates are checked under every name.
      for (const made of ['create role holder login', 'create database app']) await server.ask(made);
      for (const [host, root, more] of [
        ['orders.example.com', `${folder}/orders.crt`],
        ['db.example.com', `${certificates}/ca.crt`],
        ['db.example.com', `${certificates}/ca.crt`, 'sslsni=0'],
      ] as const) {
        const { stdout, stderr } = await login(host, root, more);
        expect([host, more, stdout.trim(), stderr]).toEqual([host, more, '1', '']);
      }

      // A renewed certificate is read on a reload.
      make(`${folder}/orders`, 'renewed.example.com');
      const loaded = await server.ask('select pg_conf_load_time()');
      await server.ask('select pg_reload_conf()');
      for (let tries = 0; tries < 50 && loaded === (await server.ask('select pg_conf_load_time()')); tries += 1);
      expect(await shown('orders.example.com')).toBe('renewed.example.com');
      make(`${folder}/orders`, 'orders.example.com');
      await server.ask('drop database app');
      await server.ask('drop role holder');

      // The key copied for the next run is not part of the change.
      for (const _ of [1, 2]) {
        const undone = await apply('--undo');
        expect(undone.code, undone.said).toBe(0);
        expect(await seen()).toEqual(Object.fromEntries(Object.keys(byName).map((name) => [name, 'rejected'])));
        expect(differences(before, everything()).filter((line) => !line.includes('hosts-of-others'))).toEqual([]);
      }
      conforms({
        target: 'pg_hosts.conf, written',
        files: ['pg_hosts.conf'],
        judgedBy: 'PostgreSQL 19',
        tried: 'apply.sh, the certificate of each name by openssl s_client, logins with client certificates, undo',
        plans: 1,
        cases: Object.keys(byName).length,
      });
    });

    /** What does not depend on where the files are. */
    const inOnePlace = platform === 'debian' || everyCombination ? it : undefined;

    inOnePlace?.('are rolled back unless the change is confirmed', async () => {
      const before = everything();
      expect((await apply()).code).toBe(0);
      expect(await shown('orders.example.com')).toBe('orders.example.com');
      await rolledBack('database-server');
      expect(differences(before, everything())).toEqual([]);
    });

    const killed = platform === 'debian' ? it : undefined;
    killed?.(`are all there or none, when the change is killed at ${KILLS} points`, { timeout: 0 }, async () => {
      const before = everything();
      const points = new KillPoints(own);
      const old = await seen();
      const whole = await run('bash', [script], { env: points.environment() });
      expect(whole.code, whole.stdout + whole.stderr).toBe(0);
      const total = points.count();
      expect((await apply('--undo')).code).toBe(0);
      const found = { old: 0, new: 0 };
      for (let kill = 0; kill < KILLS; kill++) {
        alive();
        const point = Math.floor(total * (0.8 + (0.16 * kill) / KILLS));
        const { code } = await run('setsid', ['--wait', 'bash', script], { env: points.environment(point) });
        expect(code, `at ${point}`).not.toBe(0);
        await server.stop();
        await server.start();
        const now = await seen();
        expect([old, byName], `killed at command ${point} of ${total}`).toContainEqual(now);
        found[now.own === old.own ? 'old' : 'new'] += 1;
        const undone = await apply('--undo');
        expect(undone.code, undone.said).toBe(0);
        expect(differences(before, everything())).toEqual([]);
      }
      expect(Math.min(found.old, found.new)).toBeGreaterThan(0);
    });

    it('stop the change if the server has entries that Postern did not write', async () => {
      const file = `${server.data}/pg_hosts.conf`;
      const kept = existsSync(file) ? readFileSync(file) : undefined;
      writeFileSync(
        file,
        `# of the company\nold.example.com ${folder}/orders.crt ${folder}/orders.key\n* ${folder}/orders.crt ${folder}/orders.key\n`,
      );
      must('chown', ['postgres:', file]);
      appendFileSync(`${server.config}/postgresql.conf`, 'ssl_sni = on\n');
      await server.ask('select pg_reload_conf()');
      const before = everything();
      const { code, said } = await apply();
      expect(code, said).not.toBe(0);
      expect(said).toContain(
        `Nothing was changed: ${file} has certificates for host names that Postern did not write: old.example.com `,
      );
      expect(differences(before, everything())).toEqual([]);
      if (kept) writeFileSync(file, kept);
      else rmSync(file);
      const conf = readFileSync(`${server.config}/postgresql.conf`, 'utf8');
      writeFileSync(`${server.config}/postgresql.conf`, conf.replace('ssl_sni = on\n', ''));
    });

    inOnePlace?.('stop the change if somebody has added an entry to the file of Postern', async () => {
      const done = await apply();
      expect(done.code, done.said).toBe(0);
      expect((await confirm(script)).code).toBe(0);
      const file = `${server.config}/pg_hosts.conf`;
      const written = readFileSync(file, 'utf8');
      appendFileSync(file, `shop.example.com ${folder}/orders.crt ${folder}/orders.key\n`);
      const refused = await apply();
      expect(refused.code, refused.said).not.toBe(0);
      expect(refused.said).toContain('that Postern did not write: shop.example.com ');
      writeFileSync(file, written);
      const again = await apply();
      expect(again.code, again.said).toBe(0);
      const undone = await apply('--undo');
      expect(undone.code, undone.said).toBe(0);
    });

    inOnePlace?.('stop the change if rules that stay need the CA of ssl_ca_file', async () => {
      const certificate = {
        source: 'existing',
        certificateFile: `${spaced}/a.crt`,
        keyFile: `${spaced}/a.key`,
      } as const;
      const { hostCertificates } = plan.security;
      const merged = valid(
        {
          ...plan,
          server: { ...plan.server, rules: 'merge' },
          clients: [{ ...defaultClient('public'), sources: [ADDRESS], roles: ['holder'] }],
          security: {
            ...plan.security,
            certificate: { ...certificate, rootFile: null },
            hostCertificates: hostCertificates.slice(0, 1),
          },
        },
        'certificates by host name, with existing rules',
      );
      await unpackBundle(merged, `${bundle}-merged`);
      const dryRun = () => run('bash', [`${bundle}-merged/database-server/apply.sh`, '--dry-run']);
      const accepted = await dryRun();
      expect(accepted.code, accepted.stdout + accepted.stderr).toBe(0);
      const hba = `${server.config}/pg_hba.conf`;
      const text = readFileSync(hba, 'utf8');
      appendFileSync(hba, 'hostssl all all 10.0.0.0/8 scram-sha-256 clientcert=verify-full\n');
      const refused = await dryRun();
      expect(refused.code).not.toBe(0);
      expect(refused.stdout + refused.stderr).toContain('rules of the present pg_hba.conf require client certificates');
      writeFileSync(hba, text);
    });

    inOnePlace?.('stop the change if a key does not belong to its certificate, or is missing', async () => {
      const key = readFileSync(`${folder}/orders.key`);
      const before = everything();
      writeFileSync(`${folder}/orders.key`, readFileSync(`${spaced}/a.key`));
      const wrong = await apply();
      expect(wrong.code, wrong.said).not.toBe(0);
      expect(wrong.said).toContain('key values mismatch');
      rmSync(`${folder}/orders.key`);
      const missing = await apply();
      expect(missing.code, missing.said).not.toBe(0);
      expect(missing.said).toContain(`Nothing was changed: ${folder}/orders.key is missing`);
      writeFileSync(`${folder}/orders.key`, key, { mode: 0o600 });
      must('chown', ['postgres:', `${folder}/orders.key`]);
      expect(differences(before, everything())).toEqual([]);
    });
  },
);
