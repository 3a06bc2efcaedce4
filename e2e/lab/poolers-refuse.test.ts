import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../app/core/index.ts';
import { accountNamed } from '../server/harness/accounts.ts';
import { must } from '../server/harness/command.ts';
import { conforms } from '../server/harness/conformance.ts';
import { type HbaServer, hbaServer, PORT } from '../server/harness/hba-server.ts';
import { inNamespace } from '../server/harness/namespace.ts';
import { stopped } from '../server/harness/server.ts';
import { until } from '../server/harness/until.ts';

/** What each program prints when it rejects a client itself, or is rejected by PostgreSQL. */
const FOLDER = '/run/poolers';
const LOG = `${FOLDER}/log`;
const POOLER_PORT = 6432;
const MAJOR = 18;

interface Failure {
  readonly name: string;
  /** Lines of the configuration that differ. */
  readonly settings?: readonly string[];
  readonly user?: string;
  readonly database?: string;
  readonly password?: string;
  readonly sslmode?: string;
  readonly options?: string;
  /** Connections that are held open before. */
  readonly held?: number;
  /** The server's own rules while it is tried. */
  readonly hba?: string;
  /** The cause from what the client printed; null: it says too little. */
  readonly client: string | null;
  /** The cause from the log of the program; absent: it logs nothing of its own. */
  readonly log?: string;
}

/** Odyssey of Debian (scripts/lib/debian-odyssey.mjs), or the reason why there is none. */
const odyssey: { readonly command?: readonly string[]; readonly version?: string; readonly missing?: string } =
  JSON.parse(process.env.POSTERN_ODYSSEY ?? '{ "missing": "start the tests with `npm run test:lab`" }');

let server: HbaServer;

const account = () => accountNamed('postgres');

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1');
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

async function started(command: string, args: readonly string[]): Promise<ChildProcess> {
  writeFileSync(LOG, '');
  must('chown', ['-R', 'postgres', FOLDER]);
  const { uid, gid } = account();
  const line = [command, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('bash', ['-c', `exec ${line} >>${LOG} 2>&1`], { uid, gid, stdio: 'ignore' });
  await until(
    `${command} listens`,
    async () => {
      if (child.exitCode !== null) throw new Error(readFileSync(LOG, 'utf8'));
      return listens(POOLER_PORT);
    },
    () => readFileSync(LOG, 'utf8'),
  );
  return child;
}

/** What psql prints. */
function psql({
  user = 'app',
  database = 'shop',
  password = 'secret',
  sslmode = 'disable',
  options = '',
}: Failure): string {
  const target = `host=127.0.0.1 port=${POOLER_PORT} user='${user}' dbname='${database}' sslmode=${sslmode} connect_timeout=8`;
  const { stderr } = spawnSync('psql', [target, '-Atc', 'select 1'], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { PATH: process.env.PATH ?? '', PGPASSWORD: password, LC_ALL: 'C', PGOPTIONS: options },
  });
  return stderr;
}

const UNREADABLE = /Connection reset by peer|server closed the connection unexpectedly/;
const causesOf = (text: string): readonly string[] => diagnose(text).causes.map(({ id }) => id);

/** Tries a failure, and expects that its cause is found in what the client printed, and in the log. */
async function expectFound(failure: Failure): Promise<void> {
  const { name, held = 0, hba, client, log } = failure;
  if (hba !== undefined) {
    server.write({ text: Buffer.from(hba), files: {} });
    await server.reload();
  }
  const holding = Array.from({ length: held }, () =>
    spawn(
      'psql',
      [`host=127.0.0.1 port=${POOLER_PORT} user=app dbname=shop sslmode=disable`, '-c', 'select pg_sleep(30)'],
      {
        stdio: 'ignore',
        env: { PATH: process.env.PATH ?? '', PGPASSWORD: 'secret' },
      },
    ),
  );
  const holders = "select pid from pg_stat_activity where query = 'select pg_sleep(30)'";
  try {
    await until(`${held} connections are held`, async () => (await server.client.query(holders)).rows.length === held);
    let said = psql(failure);
    // Odyssey sometimes closes the connection before its message can be read.
    for (let again = 0; again < 9 && client !== 'closed-early' && UNREADABLE.test(said); again++) said = psql(failure);
    expect(said, name).not.toBe('');
    if (client !== null) expect(causesOf(said), `${name}: ${said}`).toEqual([client]);
    if (log !== undefined) {
      // Odyssey writes its log in the background.
      const logged = () => readFileSync(LOG, 'utf8');
      await until(`the log shows ${log}`, () => causesOf(logged()).includes(log), logged);
    }
  } finally {
    for (const child of holding) child.kill('SIGKILL');
    if (hba !== undefined) {
      server.write({ text: Buffer.from(HBA), files: {} });
      await server.reload();
    }
    // PostgreSQL notices only after the sleep that its client is gone, so the next failure would count this connection.
    await server.client.query(`select pg_terminate_backend(pid) from (${holders}) held`);
    await until('no connection is held', async () => (await server.client.query(holders)).rows.length === 0);
  }
}

const HBA = 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n';
const judged = (target: string, version: string): void =>
  conforms({
    target,
    files: ['messages of the client and the log'],
    judgedBy: version,
    tried: 'failures, and the cause that Troubleshoot finds',
    plans: 1,
    cases: 1,
  });
const versionOf = (command: string, flag: string): string =>
  spawnSync(command, [flag], { encoding: 'utf8' }).stdout.split('\n')[0]?.trim() || command;

const odysseyConf = ({ secret = 'secret', listen = '', port = PORT, global = '' }) => `daemonize no
log_to_stdout yes
log_format "%p %t %l [%i %s] (%c) %m\\n"
log_session yes
${global}
storage "server" {
  type "remote"
  host "127.0.0.1"
  port ${port}
}
database "shop" {
  user "app" {
    authentication "scram-sha-256"
    password "secret"
    storage "server"
    storage_password "${secret}"
    pool "session"
  }
}
listen {
  host "127.0.0.1"
  port ${POOLER_PORT}
  ${listen}
}
`;

describe.skipIf(!inNamespace)('a pooler or proxy that rejects', () => {
  beforeAll(async () => {
    server = await hbaServer(MAJOR);
    await server.client.query("create role app login password 'secret'");
    await server.client.query("create role known login password 'secret'");
    await server.client.query('create database shop');
    server.write({ text: Buffer.from(HBA), files: {} });
    await server.reload();
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    const { folder } = server;
    must('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '9',
      '-subj',
      '/CN=localhost',
      '-keyout',
      `${FOLDER}/key.pem`,
      '-out',
      `${FOLDER}/cert.pem`,
    ]);
    must('chmod', ['755', folder]);
  });
  afterAll(() => server?.stop());

  const PGBOUNCER = `[databases]
shop = host=127.0.0.1 port=${PORT} dbname=shop
absent = host=127.0.0.1 port=${PORT} dbname=absent
down = host=127.0.0.1 port=1 dbname=shop
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${POOLER_PORT}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${FOLDER}/users.txt
server_connect_timeout = 2
server_login_retry = 1
client_login_timeout = 4
query_wait_timeout = 3
`;
  const bouncer: readonly Failure[] = [
    { name: 'wrong password', password: 'wrong', client: 'pooler-password-refused', log: 'pooler-password-refused' },
    { name: 'a user that it does not know', user: 'stranger', client: 'pooler-password-refused' },
    {
      name: 'a database that it does not know',
      database: 'nowhere',
      client: 'pooler-no-database',
      log: 'pooler-no-database',
    },
    { name: 'no slot', settings: ['max_client_conn = 1'], held: 1, client: 'pooler-full', log: 'pooler-full' },
    {
      name: 'no TLS',
      settings: [
        'client_tls_sslmode = require',
        `client_tls_key_file = ${FOLDER}/key.pem`,
        `client_tls_cert_file = ${FOLDER}/cert.pem`,
      ],
      client: 'pooler-requires-tls',
      log: 'pooler-requires-tls',
    },
    {
      name: 'its own rules',
      settings: ['auth_type = hba', `auth_hba_file = ${FOLDER}/hba.conf`],
      client: 'pooler-rejected',
      log: 'pooler-rejected',
    },
    {
      name: 'a parameter',
      options: '-c statement_timeout=5',
      client: 'pooler-parameter-refused',
      log: 'pooler-parameter-refused',
    },
    {
      name: 'the server is not there',
      database: 'down',
      client: 'pooler-waits',
      log: 'pooler-server-unreachable',
    },
    {
      name: 'the server rejects the password',
      user: 'known',
      password: 'other',
      client: 'password-refused',
      log: 'pooler-login-failed',
    },
    { name: 'the server has no such database', database: 'absent', client: 'database-missing' },
    { name: 'the server has no rule', hba: 'local all all trust\n', client: 'no-entry-without-tls' },
  ];

  it.each(bouncer.map((one) => [one.name, one] as const))('PgBouncer: %s', async (_, failure) => {
    writeFileSync(`${FOLDER}/pgbouncer.ini`, `${PGBOUNCER}${(failure.settings ?? []).join('\n')}\n`);
    writeFileSync(`${FOLDER}/users.txt`, '"app" "secret"\n"known" "other"\n');
    writeFileSync(`${FOLDER}/hba.conf`, 'host all nobody 127.0.0.1/32 scram-sha-256\n');
    const pooler = await started('pgbouncer', [`${FOLDER}/pgbouncer.ini`]);
    try {
      await expectFound(failure);
    } finally {
      await stopped(pooler);
    }
    judged('PgBouncer', versionOf('pgbouncer', '--version'));
  });

  const HAPROXY = (bind: string, port: number) => `global
  log stdout format raw local0
defaults
  mode tcp
  log global
  option tcplog
  timeout connect 2s
  timeout client 10s
  timeout server 10s
listen postgres
  bind 127.0.0.1:${POOLER_PORT}${bind}
  server one 127.0.0.1:${port}
`;
  it.each([
    ['nothing behind it', '', 1, { client: 'closed-early', log: 'pooler-server-unreachable' }],
    ['TLS of its own', ` ssl crt ${FOLDER}/both.pem`, PORT, { client: 'closed-early', log: 'proxy-terminates-tls' }],
  ] as const)('HAProxy: %s', async (name, bind, port, found) => {
    writeFileSync(
      `${FOLDER}/both.pem`,
      readFileSync(`${FOLDER}/cert.pem`, 'utf8') + readFileSync(`${FOLDER}/key.pem`, 'utf8'),
    );
    writeFileSync(`${FOLDER}/haproxy.cfg`, HAPROXY(bind, port));
    const proxy = await started('haproxy', ['-f', `${FOLDER}/haproxy.cfg`]);
    try {
      await expectFound({ name, sslmode: 'require', ...found });
    } finally {
      await stopped(proxy);
    }
    judged('HAProxy', versionOf('haproxy', '-v'));
  });

  const PGPOOL = `backend_clustering_mode = 'raw'
listen_addresses = '127.0.0.1'
port = ${POOLER_PORT}
socket_dir = '${FOLDER}'
pcp_socket_dir = '${FOLDER}'
pcp_port = 9899
pid_file_name = '${FOLDER}/pgpool.pid'
logdir = '${FOLDER}'
backend_hostname0 = '127.0.0.1'
failover_on_backend_error = off
health_check_period = 0
sr_check_period = 0
connection_life_time = 0
allow_clear_text_frontend_auth = off
`;
  const pgpool: readonly Failure[] = [
    {
      name: 'its own rules',
      settings: [`backend_port0 = ${PORT}`, 'enable_pool_hba = on'],
      user: 'known',
      client: 'pooler-rejected',
      log: 'pooler-rejected',
    },
    {
      name: 'no password of the role',
      settings: [`backend_port0 = ${PORT}`, 'enable_pool_hba = on'],
      user: 'unknown',
      client: null,
      log: 'pooler-user-unknown',
    },
    { name: 'nothing behind it', settings: ['backend_port0 = 5999'], client: null, log: 'pooler-server-unreachable' },
  ];
  it.each(pgpool.map((one) => [one.name, one] as const))('Pgpool-II: %s', async (_, failure) => {
    writeFileSync(`${FOLDER}/pgpool.conf`, `${PGPOOL}${(failure.settings ?? []).join('\n')}\n`);
    writeFileSync(`${FOLDER}/pool_hba.conf`, 'host shop app,unknown 127.0.0.1/32 scram-sha-256\n');
    writeFileSync(`${FOLDER}/pool_passwd`, 'app:TEXTsecret\n');
    writeFileSync(`${FOLDER}/pcp.conf`, '');
    const pooler = await started('pgpool', [
      '-n',
      '-f',
      `${FOLDER}/pgpool.conf`,
      '-a',
      `${FOLDER}/pool_hba.conf`,
      '-F',
      `${FOLDER}/pcp.conf`,
    ]);
    try {
      await expectFound(failure);
    } finally {
      await stopped(pooler);
    }
    judged(
      'Pgpool-II',
      spawnSync('pgpool', ['--version'], { encoding: 'utf8' }).stderr.split('\n')[0]?.trim() ?? 'Pgpool-II',
    );
  });
  const odysseyCases: readonly (Failure & { readonly conf: Parameters<typeof odysseyConf>[0] })[] = [
    { name: 'no route', conf: {}, user: 'stranger', client: 'pooler-no-database', log: 'pooler-no-database' },
    {
      name: 'wrong password',
      conf: {},
      password: 'wrong',
      client: 'pooler-password-refused',
    },
    {
      name: 'no TLS',
      conf: { listen: `tls "require"\n  tls_key_file "${FOLDER}/key.pem"\n  tls_cert_file "${FOLDER}/cert.pem"` },
      client: 'pooler-requires-tls',
    },
    { name: 'no slot', conf: { global: 'client_max 1' }, held: 1, client: 'pooler-full' },
    {
      name: 'the server is not there',
      conf: { port: 1 },
      client: 'pooler-server-failed',
      log: 'pooler-server-failed',
    },
    {
      name: 'the server rejects its password',
      conf: { secret: 'other' },
      client: 'pooler-server-failed',
    },
  ];
  it.skipIf(odyssey.missing !== undefined).each(odysseyCases.map((one) => [one.name, one] as const))(
    'Odyssey: %s',
    async (_, failure) => {
      writeFileSync(`${FOLDER}/odyssey.conf`, odysseyConf(failure.conf));
      const [command = '', ...args] = odyssey.command ?? [];
      const pooler = await started(command, [...args, `${FOLDER}/odyssey.conf`]);
      try {
        await expectFound(failure);
      } finally {
        await stopped(pooler);
      }
      judged('Odyssey', odyssey.version ?? 'Odyssey');
    },
  );
});
