import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../app/core/index.ts';
import { accountNamed } from '../server/harness/accounts.ts';
import { fileAt } from '../server/harness/bundle.ts';
import { must, run } from '../server/harness/command.ts';
import { conforms } from '../server/harness/conformance.ts';
import { type Deployment, deploy } from '../server/harness/deployment.ts';
import { serverAddresses } from '../server/harness/expectations.ts';
import { inNamespace } from '../server/harness/namespace.ts';
import { own } from '../server/harness/places.ts';
import { valid } from '../server/harness/plans.ts';
import { cutWire, fromOutside, knock, layWire, listenOn } from '../server/harness/wire.ts';
import { place } from '../server/harness/writable.ts';
import { proxyPlan } from './proxies.ts';

const JAIL = 'postern-postgresql';
const LOG = '/var/log/postgresql/postgresql-18-main.log';
const CA = `${own}/fail2ban-ca.crt`;
const MAX_RETRY = 3;

const honest = ['198.51.100.5', '2001:db8:20::5'];
const guesser = '198.51.100.6';
const outsider = '2001:db8:99::77';

let database: Deployment | undefined;
let watcher: ChildProcess | undefined;

/** The server, its clients at the other end of a wire, and fail2ban, all with the files of the bundle. */
async function open(plan: Plan, clients: readonly string[]): Promise<void> {
  const { files } = generate(plan);
  // Where pg_ctlcluster has the server's stderr; the harness has it elsewhere.
  writeFileSync(`${own}/server.log`, '');
  place(LOG, '', 0o644);
  const { uid } = accountNamed('postgres');
  must('chown', [String(uid), `${own}/server.log`, dirname(LOG)]);
  must('mount', ['--bind', `${own}/server.log`, LOG]);
  database = await deploy(plan, files);
  layWire(serverAddresses(plan), clients);
  place(CA, database.certificates.ca, 0o644);
  for (const name of ['filter', 'jail'])
    place(
      `/etc/fail2ban/${name}.d/${JAIL}.conf`,
      fileAt(files, `database-server/fail2ban/${name}.conf`).content,
      0o644,
    );
  place('/var/log/auth.log', '', 0o644);
  must('mkdir', ['-p', '/run/fail2ban']);
  watcher = spawn('fail2ban-server', ['-f', '-x', 'start'], { stdio: 'ignore' });
  await until('fail2ban is up', async () => (await run('fail2ban-client', ['status', JAIL])).code === 0);
}

async function close(): Promise<void> {
  if (watcher && watcher.exitCode === null) {
    const ended = new Promise((resolve) => watcher?.once('exit', resolve));
    watcher.kill('SIGTERM');
    await ended;
  }
  await database?.stop();
  cutWire();
  must('umount', ['--lazy', LOG]);
  // It remembers bans.
  must('rm', ['-f', '/var/lib/fail2ban/fail2ban.sqlite3']);
  watcher = undefined;
  database = undefined;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 300)
      throw new Error(`waited in vain until ${what}:\n${must('tail', ['-n', '20', '/var/log/fail2ban.log'])}`);
    await sleep(50);
  }
}

const banned = async (): Promise<string[]> =>
  (await run('fail2ban-client', ['get', JAIL, 'banip'])).stdout
    .split(/\s+/)
    .filter((word) => word !== '')
    .sort();

/** One login with psql from the other end of the wire: `in`, PostgreSQL's refusal, or what the network said. */
async function logIn(
  source: string,
  role: string,
  name: string,
  password: string,
): Promise<'in' | 'refused' | 'closed'> {
  if (!database) throw new Error('no server');
  const { plan } = database;
  const target = serverAddresses(plan).find((address) => isIPv6(address) === isIPv6(source)) ?? '';
  const { code, stderr } = await fromOutside(
    source,
    target,
    'psql',
    [
      '-X',
      `host=${plan.server.name} hostaddr=${target} port=5432 user=${role} dbname=${name} sslmode=verify-full sslrootcert=${CA} connect_timeout=10`,
      '-c',
      'select 1',
    ],
    { PGPASSWORD: password },
  );
  if (code === 0) return 'in';
  return stderr.includes('FATAL:') ? 'refused' : 'closed';
}

const planned = (kind: 'nftables' | 'iptables', log: 'stderr' | 'jsonlog'): Plan => {
  const start = defaultPlan('direct');
  const monitoring = { ...start.monitoring, log, fail2ban: 'file', maxRetry: MAX_RETRY };
  return valid({ ...start, firewall: { ...start.firewall, kind }, monitoring }, kind);
};

describe.skipIf(!inNamespace)('fail2ban before PostgreSQL 18', () => {
  afterEach(close);

  it.each(['nftables', 'iptables'] as const)(
    'bans who guesses, with %s, and nobody else, until the ban is lifted',
    async (kind) => {
      await open(planned(kind, 'stderr'), [...honest, guesser, outsider]);
      const password = database?.passwordOf('app') ?? '';
      const ports = await listenOn([22]);
      let tried = 0;
      const outcome = (source: string, secret: string) => {
        tried += 1;
        return logIn(source, 'app', 'app', secret);
      };
      try {
        for (const source of honest) {
          expect(await outcome(source, password)).toBe('in');
          expect(await outcome(source, 'a typo')).toBe('refused');
          expect(await outcome(source, password)).toBe('in');
        }
        for (let tries = 0; tries < MAX_RETRY; tries += 1) {
          expect(await outcome(guesser, `guess ${tries}`)).toBe('refused');
          expect(await outcome(outsider, password)).toBe('refused');
        }
        await until('both are banned', async () => (await banned()).length === 2);
        expect(await banned()).toEqual([guesser, outsider].sort());

        expect(await outcome(guesser, password)).toBe('closed');
        expect(await outcome(outsider, password)).toBe('closed');
        const ssh = [guesser, outsider].map((source) => ({
          source,
          target: isIPv6(source) ? '2001:db8:10::10' : '203.0.113.10',
          port: 22,
        }));
        expect(await knock(ssh)).toEqual(['open', 'open']);
        for (const source of honest) expect(await outcome(source, password)).toBe('in');

        must('fail2ban-client', ['set', JAIL, 'unbanip', guesser]);
        await until('the ban is lifted', async () => (await outcome(guesser, password)) === 'in');
        expect(await outcome(outsider, password)).toBe('closed');
        must('fail2ban-client', ['stop']);
        await until('fail2ban has stopped', async () => watcher?.exitCode !== null);
        expect(await outcome(outsider, password)).toBe('refused');
      } finally {
        await ports();
      }
      conforms({
        target: 'fail2ban',
        files: ['filter.conf', 'jail.conf'],
        judgedBy: `fail2ban-server ${must('fail2ban-server', ['--version']).trim()}, ${kind}, PostgreSQL 18`,
        tried: 'guesses over IPv4 and IPv6 between namespaces: banned by real rules, honest clients not, bans lifted',
        plans: 1,
        cases: tried,
      });
    },
  );

  it('reads the plain log that the server writes beside JSON', async () => {
    await open(planned('nftables', 'jsonlog'), [guesser]);
    for (let tries = 0; tries < MAX_RETRY; tries += 1) expect(await logIn(guesser, 'app', 'app', 'x')).toBe('refused');
    await until('the guesser is banned', async () => (await banned()).includes(guesser));
  });

  it('never bans a bastion, behind which a proxy stands for many, and says so', async () => {
    const base = proxyPlan(18, { kind: 'haproxy', port: 6432 });
    const plan = valid({ ...base, monitoring: { ...base.monitoring, fail2ban: 'file', maxRetry: MAX_RETRY } }, 'proxy');
    const bastions = plan.network.pattern === 'bastion' ? plan.network.privateAddresses : [];
    const neighbours = ['10.0.2.77', 'fd00:0:0:2::77'];
    expect(generate(plan).findings.map(({ id }) => id)).toContain('shared-address');
    await open(plan, [...bastions, ...neighbours]);
    for (let tries = 0; tries < 2 * MAX_RETRY; tries += 1)
      for (const source of bastions) expect(await logIn(source, 'staff', 'app', 'x')).toBe('refused');
    for (let tries = 0; tries < MAX_RETRY; tries += 1)
      for (const source of neighbours) expect(await logIn(source, 'staff', 'app', 'x')).toBe('refused');
    // The log is read in its order: when these are banned, what the bastion did has been seen.
    await until('the neighbours are banned', async () => (await banned()).length >= neighbours.length);
    expect(await banned()).toEqual([...neighbours].sort());
    for (const source of bastions)
      expect(await logIn(source, 'staff', 'app', database?.passwordOf('staff') ?? '')).toBe('in');
  });
});
