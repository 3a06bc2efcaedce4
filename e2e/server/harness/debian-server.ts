import { spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { accountNamed } from './accounts.ts';
import { must } from './command.ts';
import { own } from './places.ts';
import { stopped } from './server.ts';

/** A server from Debian's packages (scripts/lib/debian-postgres.mjs), or the reason why there is none. */
export interface DebianPostgres {
  readonly major: number;
  readonly root: string;
  readonly missing: string | undefined;
}

/** Those that are available here, according to scripts/lib/suites/server.mjs. */
export const debianServers: readonly DebianPostgres[] = (
  JSON.parse(process.env.POSTERN_DEBIAN ?? '[["0", { "missing": "start the tests with `npm run test:server`" }]]') as [
    string,
    { root?: string; missing?: string },
  ][]
).map(([major, { root = '', missing }]) => ({ major: Number(major), root, missing }));

/** Such a server while it runs, with its files in a separate root. */
export interface DebianServer {
  /** `PostgreSQL 15.13 (Debian 15.13-0+deb12u1) …`. */
  readonly version: string;
  /** Its root, as seen by the tests. */
  readonly here: string;
  /** The folder of pg_hba.conf, as the server names it. */
  readonly folder: string;
  readonly client: Client;
  readonly write: (hba: string) => void;
  /** Another connection, for statements that end this one. */
  readonly connect: (as?: { readonly user: string; readonly password: string }) => Promise<Client>;
  readonly reload: () => void;
  readonly log: () => string;
  /** How the postmaster ended: a signal's name, or its exit code; undefined while it runs. */
  readonly ended: () => NodeJS.Signals | number | undefined;
  readonly stop: () => Promise<void>;
}

const DATA = '/data';
const SOCKET = '/tmp';

/**
 * Starts the server in its root: it needs another C library than the machine's. Its writes stay in memory. Without
 * `more` settings it has only its socket.
 */
export async function debianServer(
  { major, root }: DebianPostgres,
  more: readonly string[] = ['listen_addresses='],
): Promise<DebianServer> {
  const here = writableCopy(root, `${own}/debian/${major}`);
  const postgres = accountNamed('postgres');
  writeFileSync(`${here}/etc/passwd`, `postgres:x:${postgres.uid}:${postgres.gid}::${SOCKET}:/bin/sh\n`);
  writeFileSync(`${here}/etc/group`, `postgres:x:${postgres.gid}:\n`);
  mkdirSync(`${here}${DATA}`);
  chownSync(`${here}${DATA}`, postgres.uid, postgres.gid);
  must('chmod', ['1777', `${here}${SOCKET}`]);
  const inside = (program: string, args: readonly string[]) => [
    `--userspec=${postgres.uid}:${postgres.gid}`,
    here,
    `/usr/lib/postgresql/${major}/bin/${program}`,
    ...args,
  ];
  const environment = { PATH: process.env.PATH, LANG: 'C', HOME: SOCKET };
  must('env', ['-i', 'LANG=C', `PATH=${process.env.PATH}`, 'chroot', ...inside('initdb', INITDB)]);
  const hba = `${here}${DATA}/pg_hba.conf`;
  const write = (text: string) => writeFileSync(hba, text);
  write(OPEN);
  const logFile = `${own}/debian-${major}.log`;
  const out = openSync(logFile, 'w');
  const settings = [`unix_socket_directories=${SOCKET}`, 'fsync=off', 'log_line_prefix=%p ', ...more];
  const args = ['-D', DATA, ...settings.flatMap((setting) => ['-c', setting])];
  const started = spawn('chroot', inside('postgres', args), { env: environment, stdio: ['ignore', out, out] });
  closeSync(out);
  const log = () => readFileSync(logFile, 'utf8');
  const ended = () => started.signalCode ?? started.exitCode ?? undefined;
  const pidFile = `${here}${DATA}/postmaster.pid`;
  for (let waited = 0; !(existsSync(pidFile) && readFileSync(pidFile, 'utf8').trimEnd().endsWith('ready')); waited++) {
    if (ended() !== undefined || waited > 3000)
      throw new Error(`Debian's PostgreSQL ${major} did not start:\n${log()}`);
    await sleep(10);
  }
  const connect: DebianServer['connect'] = async (as) => {
    const client = new Client({ host: `${here}${SOCKET}`, port: 5432, user: 'postgres', database: 'postgres', ...as });
    // A crash of the server closes it, which the tests check themselves.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const client = await connect();
  const { rows } = await client.query<{ version: string }>('select version()');
  return {
    version: rows[0]?.version ?? '',
    here,
    folder: DATA,
    client,
    write,
    connect,
    reload: () => started.kill('SIGHUP'),
    log,
    ended,
    stop: async () => {
      await client.end().catch(() => undefined);
      await stopped(started);
      must('umount', ['-l', `${here}/dev`]);
      must('umount', ['-l', here]);
    },
  };
}

const INITDB = ['-D', DATA, '-U', 'postgres', '--locale=C', '--encoding=UTF8', '--no-sync', '-A', 'trust'];

/** The rule that lets the tests connect. */
const OPEN = 'local all all trust\n';

function writableCopy(root: string, at: string): string {
  const [upper, work, merged] = [`${at}/upper`, `${at}/work`, `${at}/root`];
  must('rm', ['-rf', at]);
  for (const folder of [upper, work, merged]) mkdirSync(folder, { recursive: true });
  must('mount', ['-t', 'overlay', '-o', `lowerdir=${root},upperdir=${upper},workdir=${work}`, 'postern', merged]);
  for (const folder of ['dev', 'etc', 'tmp']) mkdirSync(`${merged}/${folder}`, { recursive: true });
  must('mount', ['--rbind', '/dev', `${merged}/dev`]);
  return merged;
}
