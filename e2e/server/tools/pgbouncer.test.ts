import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as dial, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { connect as secure } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressText, deriveAccess, generate, type Plan, type Prefix } from '../../../app/core/index.ts';
import { plansOf } from '../../../app/core/testing/plan-arbitrary.ts';
import { accountNamed } from '../harness/accounts.ts';
import { amount } from '../harness/amount.ts';
import { fileAt } from '../harness/bundle.ts';
import { must } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { carry, clearLoopback } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { answers } from '../harness/sshd.ts';
import { until } from '../harness/until.ts';
import { place } from '../harness/writable.ts';
import { inNetwork, type PgbouncerAttempt, pgbouncerDecides, readPgbouncerHba } from './pgbouncer-hba.ts';
import { randomFrom, seed, shuffled } from './random-plans.ts';

const PLANS = amount(200);
const CONNECTIONS = 12;
/** Number of plans that are also tested with real connections. */
const REAL = 40;
/** PgBouncer reads line by line, so the files of many plans are tested as one. */
const AT_ONCE = 50;

const folder = `${own}/pgbouncer`;
const port = 6432;
const account = () => accountNamed('postgres');

interface Case {
  readonly plan: Plan;
  readonly hba: string;
  readonly attempts: readonly PgbouncerAttempt[];
}

function cases(): Case[] {
  const random = randomFrom(seed);
  const found: Case[] = [];
  for (let round = 0; found.length < PLANS; round += 1) {
    for (const plan of fc.sample(plansOf(['bastion']), { seed: seed + round, numRuns: PLANS })) {
      if (plan.network.pattern !== 'bastion' || plan.network.proxy.kind !== 'pgbouncer' || found.length >= PLANS)
        continue;
      const pooled = plan.clients.filter(({ via }) => via === 'bastion');
      if (pooled.length === 0) continue;
      const hba = fileAt(generate(plan).files, 'bastion/postern_hba.conf').content;
      found.push({ plan, hba, attempts: shuffled(attemptsOf(plan, random), random).slice(0, CONNECTIONS) });
    }
  }
  return found;
}

/**
 * Connections that nearly match: the networks' edges and adjacent addresses, roles and databases of this client and of
 * others.
 */
function attemptsOf(plan: Plan, random: () => number): PgbouncerAttempt[] {
  const pooled = plan.clients.filter(({ via }) => via === 'bastion');
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const flows = deriveAccess(plan).flows.filter(({ service }) => service === 'pgbouncer');
  const networks = flows.flatMap(({ from }) => from);
  const networksOf = (client: Plan['clients'][number]) =>
    flows.filter((flow) => plan.clients[flow.client ?? -1] === client).flatMap(({ from }) => from);
  const roles = [...pooled.flatMap((client) => client.roles), plan.server.superuser, 'stranger', 'all', 'sameuser'];
  const databases = [
    ...pooled.flatMap((client) => (client.databases === 'all' ? [] : client.databases)),
    'elsewhere',
    'replication',
  ];
  return Array.from({ length: CONNECTIONS * 2 }, () => {
    const client = pick(pooled);
    const network = random() < 0.7 ? pick(networksOf(client)) : pick(networks);
    const ownDatabases = client.databases === 'all' ? databases : client.databases;
    return {
      address: addressText(within(network, random)),
      tls: random() < 0.6,
      user: random() < 0.7 ? pick(client.roles) : pick(roles),
      database: random() < 0.7 ? pick(ownDatabases) : pick(databases),
    };
  });
}

/**
 * What the answers of the plan say: who may use the database from there. If there are several clients, the one with the
 * narrowest network decides whether unencrypted connections are allowed.
 */
function wanted({ clients, security }: Plan, { address, tls, user, database }: PgbouncerAttempt): string {
  const [first] = clients
    .filter(
      (client) =>
        client.via === 'bastion' &&
        client.roles.includes(user) &&
        client.databases !== 'all' &&
        client.databases.includes(database),
    )
    .flatMap((client) =>
      client.sources
        .filter((source) => inNetwork(source, address))
        .map((source) => ({ client, length: Number(source.split('/')[1] ?? 128) })),
    )
    .sort((a, b) => b.length - a.length);
  if (!first || !(tls || first.client.tls === 'allow')) return 'reject';
  return security.passwordHashing === 'md5' ? 'md5' : 'scram-sha-256';
}

function within(network: Prefix, random: () => number): Prefix {
  const width = network.family === 4 ? 32 : 128;
  const last = network.bits + (1n << BigInt(width - network.length)) - 1n;
  const at = Math.floor(random() * 5);
  const bits =
    [network.bits, last, network.bits + (last - network.bits) / 2n, network.bits - 1n, last + 1n][at] ?? last;
  return { family: network.family, bits, length: width };
}

describe.skipIf(!inNamespace)("PgBouncer's own hba file, for random plans", () => {
  const all = inNamespace ? cases() : [];
  let pooler: ChildProcess;
  let console: Console;
  const log = `${folder}/log`;
  const warnings = () =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => / (WARNING|ERROR|FATAL) /.test(line));

  const load = async (hba: string) => {
    writeFileSync(`${folder}/hba.conf`, hba);
    await console.say('RELOAD;');
  };

  beforeAll(async () => {
    clearLoopback();
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    must('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=x',
      '-keyout',
      `${folder}/key`,
      '-out',
      `${folder}/crt`,
    ]);
    const settings = [
      '[databases]',
      '* = host=127.0.0.1 port=1',
      '[pgbouncer]',
      'listen_addr = 127.0.0.1,::1',
      `listen_port = ${port}`,
      `unix_socket_dir = ${folder}`,
      'auth_type = hba',
      `auth_hba_file = ${folder}/hba.conf`,
      `auth_file = ${folder}/users`,
      'client_tls_sslmode = allow',
      `client_tls_cert_file = ${folder}/crt`,
      `client_tls_key_file = ${folder}/key`,
      'max_client_conn = 1000',
    ];
    const roles = [
      ...new Set(all.flatMap(({ plan }) => [...plan.clients.flatMap((one) => one.roles), plan.server.superuser])),
    ];
    place(`${folder}/ini`, `${settings.join('\n')}\n`, 0o600);
    place(`${folder}/users`, roles.map((role) => `"${role.replaceAll('"', '""')}" "secret"\n`).join(''), 0o600);
    place(`${folder}/hba.conf`, '', 0o600);
    place(log, '', 0o600);
    must('chown', ['-R', 'postgres', folder]);
    const { uid, gid } = account();
    pooler = spawn('bash', ['-c', `exec pgbouncer ${folder}/ini >>${log} 2>&1`], { uid, gid, stdio: 'ignore' });
    await until('PgBouncer listens', () => answers('127.0.0.1', port));
    console = new Console();
  });
  afterAll(() => {
    console?.end();
    pooler?.kill('SIGTERM');
  });

  it('is read by PgBouncer completely, and a line that it skips would be detected', async () => {
    await load('hostssl all "x" 10.0.0.0/8 gss\n');
    expect(warnings().join('\n')).toContain('could not parse hba config line 1');
    writeFileSync(log, '');
    for (let at = 0; at < all.length; at += AT_ONCE)
      await load(
        all
          .slice(at, at + AT_ONCE)
          .map(({ hba }) => hba)
          .join(''),
      );
    expect(warnings()).toEqual([]);
  });

  it('allows the clients of the plan, by an independent model of PgBouncer', () => {
    let opened = 0;
    let tried = 0;
    for (const { plan, hba, attempts } of all) {
      const rules = readPgbouncerHba(hba);
      for (const attempt of attempts) {
        const decided = pgbouncerDecides(rules, attempt);
        expect(decided, JSON.stringify([seed, attempt, hba])).toBe(wanted(plan, attempt));
        opened += decided === 'reject' ? 0 : 1;
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThanOrEqual(PLANS * CONNECTIONS * 0.8);
    expect(opened).toBeGreaterThan(tried / 10);
    expect(opened).toBeLessThan((tried * 9) / 10);
  });

  it('allows the clients of the plan, by PgBouncer itself', async () => {
    let tried = 0;
    for (const { hba, attempts } of all.slice(0, REAL)) {
      await load(hba);
      carry(attempts.map(({ address }) => address));
      const rules = readPgbouncerHba(hba);
      const found = await Promise.all(attempts.map(knock));
      expect(found, `seed ${seed}: ${JSON.stringify(attempts)}\n${hba}`).toEqual(
        attempts.map((attempt) => pgbouncerDecides(rules, attempt)),
      );
      tried += found.length;
    }
    conforms({
      target: 'PgBouncer',
      files: ['postern_hba.conf'],
      judgedBy: `${must('pgbouncer', ['--version']).split('\n')[0]}, and a reading of its source`,
      tried: `each file loaded without a warning, decisions compared, ${tried.toLocaleString('en')} of them with real connections`,
      plans: all.length,
      cases: all.reduce((sum, { attempts }) => sum + attempts.length, 0),
    });
  });
});

/** PgBouncer's console over its socket, held open: it answers the account that PgBouncer runs as. */
class Console {
  readonly #psql: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  constructor() {
    const { uid, gid, home } = account();
    this.#psql = spawn('bash', ['-c', `exec psql -XAtq -h ${folder} -p ${port} -U pgbouncer pgbouncer`], {
      uid,
      gid,
      env: { PATH: process.env.PATH, HOME: home },
    });
    this.#lines = createInterface({ input: this.#psql.stdout })[Symbol.asyncIterator]();
  }
  async say(command: string): Promise<void> {
    this.#psql.stdin.write(`${command}\n\\echo done\n`);
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error('the console of PgBouncer ended');
      if (value === 'done') return;
    }
  }
  end(): void {
    this.#psql.stdin.end();
  }
}

/** PgBouncer's first response to a client: the method that it requests, or that the login is rejected. */
async function knock({ address, tls, database, user }: PgbouncerAttempt): Promise<string> {
  const host = address.includes(':') ? '::1' : '127.0.0.1';
  let socket: Socket = dial({ host, port, localAddress: address });
  socket.on('error', () => undefined);
  try {
    if (tls) {
      socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
      const [answer] = await bytes(socket, 1);
      if (answer !== 0x53) throw new Error('PgBouncer offers no TLS');
      socket = secure({ socket, rejectUnauthorized: false });
      socket.on('error', () => undefined);
    }
    const body = Buffer.from(`user\0${user}\0database\0${database}\0\0`);
    const head = Buffer.alloc(8);
    head.writeInt32BE(body.length + 8, 0);
    head.writeInt32BE(196608, 4);
    socket.write(Buffer.concat([head, body]));
    const answer = await bytes(socket, 9);
    if (answer[0] === 0x52)
      return { 5: 'md5', 10: 'scram-sha-256' }[answer.readInt32BE(5)] ?? `R${answer.readInt32BE(5)}`;
    const said = `${answer.toString()}${(await rest(socket)).toString()}`;
    return said.includes('login rejected') ? 'reject' : said;
  } finally {
    socket.destroy();
  }
}

async function bytes(socket: Socket, count: number): Promise<Buffer> {
  for (;;) {
    const got = socket.read(count) as Buffer | null;
    if (got) return got;
    await new Promise((resolve, reject) => {
      socket.once('readable', resolve);
      socket.once('end', () => reject(new Error('PgBouncer hung up')));
      socket.once('error', reject);
    });
  }
}

async function rest(socket: Socket): Promise<Buffer> {
  return (socket.read() as Buffer | null) ?? Buffer.alloc(0);
}
