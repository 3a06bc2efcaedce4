// Lets drivers fail against real servers, each in every way below, and writes what they say to
// app/core/diagnosis/refusal/drivers.recorded.json, which a test diagnoses. Needs Linux, root, the servers of
// e2e/server, and Debian's packages of the drivers (listed in `drivers`); drivers from npm are installed beneath .tools.
// `node scripts/extract-driver-messages.mjs`
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repository } from './lib/repository.mjs';

const programs = join(repository, 'scripts/lib/drivers');
const packages = join(repository, '.tools/drivers');
const target = join(repository, 'app/core/diagnosis/refusal/drivers.recorded.json');
const NOBODY = 65534;
const MAJOR = 17;

const folder = mkdtempSync(join(tmpdir(), 'postern-drivers-'));
chmodSync(folder, 0o755);
const env = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
  GOPATH: '/usr/share/gocode',
  GO111MODULE: 'off',
  GOCACHE: join(folder, 'go'),
};
const run = (program, args, options = {}) =>
  execFileSync(program, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'], ...options });
const debian = (name) =>
  run('dpkg-query', ['-W', '-f', '${Version}', name])
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '');
const npm = (name) => JSON.parse(readFileSync(join(packages, 'node_modules', name, 'package.json'), 'utf8')).version;

const PORT = {
  tls: 55411,
  expired: 55412,
  plain: 55413,
  full: 55414,
  silent: 55415,
  closing: 55416,
  web: 55417,
  nothing: 55418,
  local: 55419,
};

/** Each attempt fails for one reason, which is its id. `tls` is libpq's sslmode. */
const attempts = [
  { id: 'host not found', host: 'nohost.invalid' },
  { id: 'refused', port: PORT.nothing },
  { id: 'no answer', port: PORT.silent },
  { id: 'closed at once', port: PORT.closing },
  { id: 'another program', port: PORT.web },
  { id: 'no entry, unencrypted', user: 'stranger' },
  { id: 'no entry, TLS', user: 'stranger', tls: 'require' },
  { id: 'reject rule', user: 'rejected' },
  { id: 'wrong password', password: 'wrong' },
  { id: 'no password given', password: undefined },
  { id: 'unknown role', user: 'nobody_knows' },
  { id: 'unknown database', database: 'nothing_there' },
  { id: 'unencrypted to a hostssl rule', user: 'encrypted' },
  { id: 'TLS required, server without', port: PORT.plain, tls: 'require' },
  { id: 'CA unknown', port: PORT.local, tls: 'verify-full', ca: 'other.crt' },
  { id: 'wrong host name', tls: 'verify-full', ca: 'ca.crt' },
  { id: 'certificate expired', port: PORT.expired, tls: 'verify-full', ca: 'ca.crt' },
  { id: 'too many connections', port: PORT.full },
  { id: 'ident', user: 'ident' },
  { id: 'peer', host: folder, user: 'anna' },
].map((given) => ({
  host: 'localhost',
  port: PORT.tls,
  user: 'anna',
  password: 'right',
  database: 'postgres',
  tls: 'disable',
  timeout: 2,
  ...given,
  ...(given.ca ? { ca: join(folder, given.ca) } : {}),
}));

const HBA = `
local all postgres trust
local all all peer
host all postgres 127.0.0.1/32 trust
host all nobody_knows all trust
host all rejected all reject
hostssl all encrypted all scram-sha-256
host all ident all ident
host all anna all scram-sha-256
`;

mkdirSync(packages, { recursive: true });
writeFileSync(join(packages, 'package.json'), '{"private":true}\n');
run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', 'pg', 'postgres'], {
  cwd: packages,
  env: { ...process.env },
});
writeFileSync(join(folder, 'attempts.json'), JSON.stringify(attempts));
const cells = ({ id, host, port, user, password, database, tls, ca, timeout }) =>
  [id, host, port, user, password ?? '', database, tls, ca ?? '', timeout].join('\t');
// JDBC has no sockets of the file system.
writeFileSync(
  join(folder, 'attempts.tsv'),
  attempts
    .filter(({ host }) => !host.startsWith('/'))
    .map(cells)
    .join('\n'),
);
run('go', ['build', '-o', join(folder, 'attempt-go'), join(programs, 'attempt.go')], { cwd: folder });

const list = join(folder, 'attempts.json');
const python = (name) => ['/usr/bin/python3', [join(programs, 'attempt.py'), name, list]];
const node = (name) => ['node', [join(programs, 'attempt.mjs'), name, packages, list]];
const drivers = [
  { name: 'psql', version: () => run('psql', ['--version']).match(/[0-9.]+/)[0], run: undefined },
  { name: 'psycopg2', version: () => debian('python3-psycopg2'), run: python('psycopg2') },
  { name: 'psycopg', version: () => debian('python3-psycopg'), run: python('psycopg') },
  { name: 'SQLAlchemy', version: () => debian('python3-sqlalchemy'), run: python('sqlalchemy') },
  { name: 'asyncpg', version: () => debian('python3-asyncpg'), run: python('asyncpg') },
  { name: 'node-postgres', version: () => npm('pg'), run: node('pg') },
  { name: 'postgres.js', version: () => npm('postgres'), run: node('postgres') },
  {
    name: 'pgJDBC',
    version: () => debian('libpostgresql-jdbc-java'),
    run: [
      'java',
      [
        '-cp',
        '/usr/share/java/postgresql.jar:/usr/share/java/scram-client.jar:/usr/share/java/scram-common.jar:/usr/share/java/saslprep.jar:/usr/share/java/stringprep.jar',
        join(programs, 'Attempt.java'),
        join(folder, 'attempts.tsv'),
      ],
    ],
  },
  {
    name: 'lib/pq',
    version: () => debian('golang-github-lib-pq-dev'),
    run: [join(folder, 'attempt-go'), ['pq', list]],
  },
  {
    name: 'pgx',
    version: () => debian('golang-github-jackc-pgx-v4-dev'),
    run: [join(folder, 'attempt-go'), ['pgx', list]],
  },
  { name: 'PHP PDO', version: () => debian('php8.2-pgsql'), run: ['php', [join(programs, 'attempt.php'), list]] },
  { name: 'ruby-pg', version: () => debian('ruby-pg'), run: ['ruby', [join(programs, 'attempt.rb'), list]] },
  { name: 'DBD::Pg', version: () => debian('libdbd-pg-perl'), run: ['perl', [join(programs, 'attempt.pl'), list]] },
];

const started = [];
try {
  certificates();
  cpSync(join(repository, `e2e/server/node_modules/postgres-${MAJOR}-linux-x64/native`), join(folder, 'native'), {
    recursive: true,
  });
  await Promise.all([
    serve('tls', [...tlsOf('server'), '-c', `unix_socket_directories=${folder}`]),
    serve('expired', tlsOf('expired')),
    serve('local', tlsOf('local')),
    serve('plain', []),
    serve('full', ['-c', 'max_connections=2', '-c', 'superuser_reserved_connections=0', '-c', 'max_wal_senders=0']),
  ]);
  for (const port of [PORT.tls, PORT.local, PORT.expired, PORT.plain, PORT.full])
    for (const role of ['anna', 'stranger', 'rejected', 'encrypted', 'ident'])
      sql(port, `create role ${role} login password 'right'`);
  for (let held = 0; held < 2; held++)
    started.push(
      spawn('psql', ['-h', '127.0.0.1', '-p', String(PORT.full), '-U', 'postgres', '-c', 'select pg_sleep(3600)'], {
        env,
        stdio: 'ignore',
      }),
    );
  await other(PORT.silent, () => undefined);
  await other(PORT.closing, (socket) => socket.destroy());
  await other(PORT.web, (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await sleep(1000);
  const messages = {};
  for (const { name, run: command } of drivers) {
    for (const { id, texts } of command ? await attempted(command) : await psqlAttempts()) {
      messages[id] ??= {};
      messages[id][name] = [...new Set(texts.map(clean))];
    }
  }
  const versions = Object.fromEntries(drivers.map(({ name, version }) => [name, version()]));
  writeFileSync(target, `${JSON.stringify({ server: MAJOR, versions, messages }, undefined, 2)}\n`);
  for (const { id } of attempts) console.log(`${id}: ${Object.keys(messages[id] ?? {}).length} drivers`);
} finally {
  // Immediate shutdown: a backend that sleeps doesn't notice that its client has left.
  for (const one of started) one.close ? one.close() : one.kill('SIGQUIT');
  rmSync(folder, { recursive: true, force: true });
}

function clean(text) {
  return text
    .replaceAll(folder, '/etc/postern')
    .replace(/ on [0-9.]+:53\b/g, ' on 192.0.2.53:53')
    .replace(/127\.0\.0\.1:[0-9]+->/g, '127.0.0.1:50000->')
    .replace(/\b20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]+Z/g, '2026-01-02T03:04:05Z')
    .trim();
}

/** A CA, a certificate for another name, one for this, an expired one, and a CA that signed none. */
function certificates() {
  const openssl = (...args) => run('openssl', args, { cwd: folder });
  for (const name of ['ca', 'other'])
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      '-days',
      '3650',
      '-subj',
      `/CN=${name} CA`,
    );
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
    '-subj',
    '/CN=db.example',
  );
  for (const [name, host, days] of [
    ['server', 'db.example', 3650],
    ['local', 'localhost', 3650],
    ['expired', 'localhost', -1],
  ]) {
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=DNS:${host}\n`);
    openssl(
      'x509',
      '-req',
      '-in',
      'server.csr',
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      `${name}.crt`,
      '-days',
      String(days),
      '-extfile',
      `${name}.ext`,
    );
  }
  chownSync(join(folder, 'server.key'), NOBODY, NOBODY);
  chmodSync(join(folder, 'server.key'), 0o600);
}

function tlsOf(certificate) {
  const settings = { ssl: 'on', ssl_cert_file: `${folder}/${certificate}.crt`, ssl_key_file: `${folder}/server.key` };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function serve(name, options) {
  const data = join(folder, name);
  mkdirSync(data, { mode: 0o700 });
  chownSync(data, NOBODY, NOBODY);
  const as = { uid: NOBODY, gid: NOBODY };
  run(
    join(folder, 'native/bin/initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C', '--encoding=UTF8'],
    as,
  );
  writeFileSync(join(data, 'pg_hba.conf'), HBA);
  if (name === 'tls') chownSync(folder, NOBODY, NOBODY);
  const socket = name === 'tls' ? [] : ['-c', `unix_socket_directories=${data}`];
  started.push(
    spawn(
      join(folder, 'native/bin/postgres'),
      [
        '-D',
        data,
        '-p',
        String(PORT[name]),
        '-c',
        'listen_addresses=127.0.0.1,::1',
        '-c',
        'fsync=off',
        ...socket,
        ...options,
      ],
      { ...as, env, stdio: 'ignore' },
    ),
  );
  for (let waited = 0; waited < 30_000; waited += 100) {
    try {
      if (readFileSync(join(data, 'postmaster.pid'), 'utf8').trimEnd().endsWith('ready')) return;
    } catch {}
    await sleep(100);
  }
  throw new Error(`The server "${name}" was not ready after half a minute.`);
}

function sql(port, text) {
  run('psql', ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-c', text]);
}

/** Something else that listens. */
function other(port, answer) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    // Unread bytes would hide that the client has left.
    socket.resume();
    answer(socket);
  });
  started.push(server);
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
}

/** Runs without blocking, because this process answers some of the attempts itself. */
function output(program, args, more = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { out: '', error: '' };
    child.stdout.on('data', (chunk) => {
      texts.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      texts.error += chunk;
    });
    const late = setTimeout(() => child.kill(), 120_000);
    child.on('close', () => {
      clearTimeout(late);
      resolve(texts);
    });
  });
}

async function attempted([program, args]) {
  const { out, error } = await output(program, args);
  if (error.trim() !== '') console.error(error.trim().split('\n').slice(-5).join('\n'));
  return out
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

async function psqlAttempts() {
  const found = [];
  for (const given of attempts) {
    const words = `host=${given.host} port=${given.port} user=${given.user} dbname=${given.database} sslmode=${given.tls} connect_timeout=${given.timeout}${given.ca ? ` sslrootcert=${given.ca}` : ''}`;
    const { error } = await output(
      'psql',
      ['-w', '-c', 'select 1', words],
      given.password ? { PGPASSWORD: given.password } : {},
    );
    found.push({ id: given.id, texts: [error] });
  }
  return found;
}
