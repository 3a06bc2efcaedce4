import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../app/core/index.ts';
import { accountNamed, visitor } from '../server/harness/accounts.ts';
import { everyCombination } from '../server/harness/amount.ts';
import { fileAt } from '../server/harness/bundle.ts';
import { must, type Ran, run } from '../server/harness/command.ts';
import { conforms } from '../server/harness/conformance.ts';
import { type Deployment, deploy } from '../server/harness/deployment.ts';
import { serverAddresses } from '../server/harness/expectations.ts';
import { inNamespace } from '../server/harness/namespace.ts';
import { own, setHosts } from '../server/harness/places.ts';
import { valid } from '../server/harness/plans.ts';
import { until as untilTrue } from '../server/harness/until.ts';
import { furnish } from '../server/harness/visit.ts';
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
async function open(plan: Plan, clients: readonly string[], inTime = (file: string) => file): Promise<void> {
  const { files } = generate(plan);
  // pg_ctlcluster writes the server's stderr here; the harness writes it elsewhere.
  writeFileSync(`${own}/server.log`, '');
  place(LOG, '', 0o644);
  const { uid } = accountNamed('postgres');
  for (const path of [`${own}/server.log`, dirname(LOG)]) chownSync(path, uid, -1);
  must('mount', ['--bind', `${own}/server.log`, LOG]);
  database = await deploy(plan, files);
  layWire(serverAddresses(plan), clients);
  forgetVerify();
  place(CA, database.certificates.ca, 0o644);
  for (const name of ['filter', 'jail'])
    place(
      `/etc/fail2ban/${name}.d/${JAIL}.conf`,
      inTime(fileAt(files, `database-server/fail2ban/${name}.conf`).content),
      0o644,
    );
  place('/var/log/auth.log', '', 0o644);
  mkdirSync('/run/fail2ban', { recursive: true });
  watcher = spawn('fail2ban-server', ['-f', '-x', 'start'], { stdio: 'ignore' });
  await until('fail2ban is up', async () => (await run('fail2ban-client', ['status', JAIL])).code === 0);
}

/** Removes the state of verify.sh. */
const forgetVerify = () => rmSync(`${visitor.home}/.local`, { recursive: true, force: true });

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
  rmSync('/var/lib/fail2ban/fail2ban.sqlite3', { force: true });
  watcher = undefined;
  database = undefined;
}

/** Waits with fail2ban's log in the error. */
const until = (what: string, condition: () => Promise<boolean>) =>
  untilTrue(what, condition, () => must('tail', ['-n', '20', '/var/log/fail2ban.log']));

const banned = async (): Promise<string[]> =>
  (await run('fail2ban-client', ['get', JAIL, 'banip'])).stdout
    .split(/\s+/)
    .filter((word) => word !== '')
    .sort();

/** One login with psql from the other end of the wire: `in`, PostgreSQL's rejection, or the network error. */
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

/** The bundle's verify.sh at the client, as the README says. */
async function verify(source: string, inTime = (file: string) => file, ...words: readonly string[]): Promise<Ran> {
  if (!database) throw new Error('no server');
  const { plan, certificates, passwordOf } = database;
  const target = serverAddresses(plan).find((address) => isIPv6(address) === isIPv6(source)) ?? '';
  furnish(visitor, plan, certificates, passwordOf);
  setHosts([{ name: plan.server.name ?? '', addresses: [target] }]);
  const script = `${visitor.home}/verify.sh`;
  place(script, inTime(fileAt(generate(plan).files, 'clients/verify.sh').content), 0o755, visitor);
  return fromOutside(source, target, 'bash', [script, 'app', ...words], { HOME: visitor.home }, 300);
}

/** Seven connections, and the expiry of the server's certificate. */
const CHECKS = 8;

const checksHeld = ({ stdout }: Ran): number => stdout.match(/^ok /gm)?.length ?? 0;

const planned = (kind: 'nftables' | 'iptables', log: 'stderr' | 'jsonlog'): Plan => {
  const start = defaultPlan('direct');
  const monitoring = { ...start.monitoring, log, fail2ban: 'file', maxRetry: MAX_RETRY };
  return valid({ ...start, firewall: { ...start.firewall, kind }, monitoring }, kind);
};

describe.skipIf(!inNamespace)('fail2ban before PostgreSQL 18', () => {
  afterEach(close);

  // Next to JSON, the server writes the plain log that is read.
  const usual = [
    ['nftables', 'stderr'],
    ['iptables', 'jsonlog'],
  ] as const;
  const rest = [
    ['nftables', 'jsonlog'],
    ['iptables', 'stderr'],
  ] as const;
  it.each([...usual, ...(everyCombination ? rest : [])])(
    'bans a guessing client, with %s and a log of the kind %s, and no other, until the ban is lifted',
    async (kind, log) => {
      await open(planned(kind, log), [...honest, guesser, outsider]);
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

        // fail2ban lists an address before the rule is in effect.
        for (const source of [guesser, outsider])
          await until(`${source} is shut out`, async () => (await outcome(source, password)) === 'closed');
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

  it('does not ban a client for verify.sh, run twice, at the default number of failures, and still bans a guesser', {
    timeout: 600_000,
  }, async () => {
    const start = defaultPlan('direct');
    const plan = valid({ ...start, monitoring: { ...start.monitoring, fail2ban: 'file' } }, 'verify');
    // Ten minutes become 20 seconds for both. fail2ban still clears its list every ten seconds, and later on a busy machine.
    const fast = (file: string) =>
      file.replace(/^findtime = 10m$/m, 'findtime = 20s').replace(/^forgotten=660$/m, 'forgotten=60');
    const [tester = ''] = honest;
    await open(plan, [tester, guesser], fast);
    const before = readFileSync('/etc/fail2ban/jail.d/postern-postgresql.conf', 'utf8');
    expect(before).toContain('maxretry = 5\nfindtime = 20s');
    for (let runs = 0; runs < 2; runs += 1) {
      const ran = await verify(tester, fast);
      expect(ran, `${ran.stdout}${ran.stderr}${readFileSync('/var/log/fail2ban.log', 'utf8')}`).toMatchObject({
        code: 0,
      });
      expect(checksHeld(ran)).toBe(CHECKS);
      expect(await banned()).toEqual([]);
    }
    for (let tries = 0; tries < plan.monitoring.maxRetry; tries += 1)
      expect(await logIn(guesser, 'app', 'app', `guess ${tries}`)).toBe('refused');
    // The log is read in order: when the guesser is banned, the client's attempts have been read.
    await until('the guesser is banned', async () => (await banned()).includes(guesser));
    expect(await banned()).toEqual([guesser]);
    expect(await logIn(tester, 'app', 'app', database?.passwordOf('app') ?? '')).toBe('in');
  });

  it('needs no pause if the plan allows more failures than verify.sh causes, and announces what it will do', async () => {
    const start = defaultPlan('direct');
    const plan = valid({ ...start, monitoring: { ...start.monitoring, fail2ban: 'file', maxRetry: 7 } }, 'fits');
    expect(generate(plan).findings.map(({ id }) => id)).not.toContain('kit-pauses');
    await open(plan, [...honest, guesser]);
    for (const source of everyCombination ? honest : honest.slice(0, 1)) {
      const ran = await verify(source);
      expect(ran, `${ran.stdout}${ran.stderr}`).toMatchObject({ code: 0 });
      expect(checksHeld(ran)).toBe(CHECKS);
      expect(ran.stderr).toContain('bans an address for 60 minutes after 7 failed logins within 10 minutes');
      expect(ran.stderr).toContain('This run makes 6 on purpose.');
      expect(ran.stderr).toContain(`sudo fail2ban-client set ${JAIL} unbanip ADDRESS`);
      expect(ran.stderr).not.toContain('paused');
      // Its state belongs to the account, and the next client is another machine.
      forgetVerify();
    }
    for (let tries = 0; tries < 7; tries += 1)
      expect(await logIn(guesser, 'app', 'app', `guess ${tries}`)).toBe('refused');
    await until('the guesser is banned', async () => (await banned()).includes(guesser));
    expect(await banned()).toEqual([guesser]);
    for (const source of honest)
      expect(await logIn(source, 'app', 'app', database?.passwordOf('app') ?? '')).toBe('in');
  });

  it('never bans an administrator whose own address is in the plan, and says whom it can ban', async () => {
    const start = planned('nftables', 'stderr');
    const [four = '', six = ''] = honest;
    const people = [
      { name: 'office', sources: ['198.51.100.0/28'], path: 'ssh' },
      { name: 'Ada', sources: [four, six], path: 'ssh' },
    ];
    const plan = valid({ ...start, administration: { ...start.administration, people } }, 'administrators');
    const told = generate(plan).findings.filter(({ id }) => id === 'administrator-counted');
    expect(told.map(({ message }) => message)).toEqual(['fail2ban can ban office at 198.51.100.0/28.']);
    await open(plan, [...honest, guesser]);
    for (const source of honest)
      for (let tries = 0; tries < 2 * MAX_RETRY; tries += 1)
        expect(await logIn(source, 'app', 'app', 'x')).toBe('refused');
    for (let tries = 0; tries < MAX_RETRY; tries += 1) expect(await logIn(guesser, 'app', 'app', 'x')).toBe('refused');
    await until('the guesser is banned', async () => (await banned()).includes(guesser));
    expect(await banned()).toEqual([guesser]);
  });

  it('ignores an address as long as verify.sh tells the administrator to exempt it', async () => {
    const [tester = ''] = honest;
    await open(planned('nftables', 'stderr'), [tester, guesser]);
    must('fail2ban-client', ['set', JAIL, 'addignoreip', tester]);
    // One run fails more often than the jail allows.
    const ran = await verify(tester, undefined, '--exempt');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(checksHeld(ran)).toBe(CHECKS);
    must('fail2ban-client', ['set', JAIL, 'delignoreip', tester]);
    for (const source of [tester, guesser])
      for (let tries = 0; tries < MAX_RETRY; tries += 1) expect(await logIn(source, 'app', 'app', 'x')).toBe('refused');
    await until('both are banned', async () => (await banned()).length === 2);
    must('fail2ban-client', ['set', JAIL, 'unbanip', tester]);
    expect(await banned()).toEqual([guesser]);
  });

  it('never bans a bastion with a proxy for many clients, and says so', async () => {
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
    // The log is read in order: when these are banned, the bastion's attempts have been read.
    await until('the neighbours are banned', async () => (await banned()).length >= neighbours.length);
    expect(await banned()).toEqual([...neighbours].sort());
    for (const source of bastions)
      expect(await logIn(source, 'staff', 'app', database?.passwordOf('staff') ?? '')).toBe('in');
  });
});
